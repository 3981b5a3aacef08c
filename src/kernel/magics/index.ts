export * from './magic';
export * from './parse';
export * from './registry';
