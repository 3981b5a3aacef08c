export * from './slack-connector';
export * from './slack-options';
