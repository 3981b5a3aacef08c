export * from './panel-connector';
export * from './panel-host';
