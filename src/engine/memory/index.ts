export * from './key-order';
export * from './memory-space';
export * from './memory-store';
export * from './process-memory';
export * from './value-table';
export * from './version';
