export * from './crontab';
export * from './scheduler';
