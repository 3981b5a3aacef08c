export * from './bot-view';
export * from './conversation-view';
export * from './error-view';
export * from './html';
export * from './skill-view';
export * from './table';
export * from './trace-view';
export * from './type-view';
