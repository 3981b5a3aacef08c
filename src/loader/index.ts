export * from './cut-off';
export * from './module-graph';
export * from './module-loader';
export * from './module-store';
export * from './outside';
export * from './resolve';
export * from './source-registry';
export * from './thrown';
