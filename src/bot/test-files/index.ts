export * from './load-test-file';
export * from './test-process';
export * from './test-report';
