export * from './live-link';
export * from './live-message';
