/**
 * The module `chatops/testing`: talks to skills as people would, in a test.
 *
 * @packageDocumentation
 */
export type * from './api';
export { recordingToTest } from './recording';
export { testBot } from './test-bot';
