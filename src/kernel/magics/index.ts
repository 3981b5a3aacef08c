export { ASK_EXIT } from './exit';
export * from './magic';
export * from './parse';
export * from './registry';
export { HOW_TO_GET_TYPES } from './typecheck';
