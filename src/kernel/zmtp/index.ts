export * from './echo';
export * from './listener';
export * from './publisher';
export * from './router';
