export * from './memory-space';
export * from './memory-store';
export * from './process-memory';
