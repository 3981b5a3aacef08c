/**
 * All of it: the module `chatops` as skills import it, and what a host needs to run them. Bundled for
 * hosts outside of the bot, such as notebooks.
 *
 * @packageDocumentation
 */
export * from './host';
export * as chatops from './index';
