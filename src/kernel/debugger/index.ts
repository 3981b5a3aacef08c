export * from './debugger';
