export * from './parser-config';
export * from './parser-kinds';
export * from './parser-set';
export * from './skill-intents';
