import type { MatcherRecord } from '../protocol';
import type { Handler, Matched } from './api';

/** A matcher as its author wrote it: without the id it gets from the name it is exported under. */
export interface MatcherDeclaration extends Omit<MatcherRecord, 'id' | 'where'> {
  /** The stack at the place of the call, by which the host finds the author's line. */
  stack: string;
}

/** A handler with the matchers that call it: what a skill file exports. */
export class MatchedSkill implements Matched {
  /** @param matchers - in the order in which they are tried; the outermost is the first. */
  constructor(
    readonly matchers: readonly MatcherDeclaration[],
    readonly handler: Handler
  ) {}
}
