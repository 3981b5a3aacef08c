export * from './chuck-facts';
export * from './fixtures';
