export * from './arguments';
export * from './commands';
export * from './constraint';
export * from './guarded-matcher';
export * from './ranking';
export * from './score';
