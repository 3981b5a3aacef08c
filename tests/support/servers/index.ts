export * from './database-server';
