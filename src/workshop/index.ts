export * from './chuck-facts';
export * from './fixtures';
export * from './notebook';
