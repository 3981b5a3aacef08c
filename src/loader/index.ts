export * from './cut-off';
export * from './module-loader';
export * from './module-store';
export * from './resolve';
export * from './source-registry';
