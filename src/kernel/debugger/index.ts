export * from './debugger-link';
