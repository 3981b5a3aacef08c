/**
 * The module `chatops`: exactly what a skill may import. What a host needs besides is in `host`.
 *
 * @packageDocumentation
 */
export type * from './api';
export { matchRegex } from './match-regex';
