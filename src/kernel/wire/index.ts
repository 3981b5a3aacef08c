export * from './clock';
export * from './connection-file';
export * from './message';
export * from './signature';
