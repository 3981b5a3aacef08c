/**
 * What a skill author works with, as types. These files import nothing but each other, so that an
 * editor needs no other ones to know the module `chatops`.
 *
 * @packageDocumentation
 */
export type * from './bot';
export type * from './content';
export type * from './handler';
export type * from './memory';
export type * from './message';
export type * from './options';
