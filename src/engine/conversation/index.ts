export * from './pending-actions';
export * from './questions';
export * from './words';
