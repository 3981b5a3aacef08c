export * from './websocket-connector';
