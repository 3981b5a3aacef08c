export * from './intent-index';
export * from './language-parsers';
export * from './near-miss';
export * from './similarity';
export * from './understanding';
