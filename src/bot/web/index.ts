export * from './own-token';
export * from './web-server';
export * from './web-site';
