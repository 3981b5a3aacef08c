export * from './messages';
export * from './output-ring';
export * from './shared-state';
