export * from './bot-log';
export * from './log-path';
