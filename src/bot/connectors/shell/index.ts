export * from './shell-connector';
export * from './terminal';
