export * from './check-step';
export * from './finding';
export { runsBetween } from './registry';
