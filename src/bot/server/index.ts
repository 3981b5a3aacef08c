export * from './endpoint';
export * from './http-host';
export * from './presence';
