export * from './linear-pattern';
export * from './linear-syntax';
export * from './native-pattern';
export * from './parse-format';
export * from './pattern-index';
export * from './pattern-match';
export * from './pattern-source';
