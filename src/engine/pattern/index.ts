export * from './linear-pattern';
export * from './linear-syntax';
export * from './native-pattern';
export * from './pattern-index';
export * from './pattern-match';
