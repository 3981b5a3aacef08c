export * from './bot-log';
