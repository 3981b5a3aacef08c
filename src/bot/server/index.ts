export * from './endpoint';
export * from './frame-line';
export * from './http-host';
export * from './presence';
