export * from './crontab';
export * from './scheduler';
export * from './schedule-memory';
