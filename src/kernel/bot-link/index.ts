export * from './bot-link';
export * from './conversation';
export * from './ensure';
export * from './fixtures';
export * from './services';
export * from './workspace';
