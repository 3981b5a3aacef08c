export * from '../live-handlers/load-module';
export { Session } from './session';
export { loadAuthorTools } from './sources';
