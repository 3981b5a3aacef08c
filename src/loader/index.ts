export * from './module-loader';
export * from './resolve';
export * from './source-registry';
