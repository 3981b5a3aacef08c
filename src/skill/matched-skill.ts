import type { Constraint, MatcherRecord, RoleGrant } from '../protocol';
import type { Handler, Matched, Message } from './api';

/** A function of the command record, called with the arguments that were captured. */
export type RecordFunction = (args: Readonly<Record<string, unknown>>, message: Message) => unknown;

/** The parts of a command record that are functions, which stay with the skill. */
export interface RecordFunctions {
  confirm?: RecordFunction;
  /** By the name of the role. */
  roles?: Readonly<Record<string, RecordFunction>>;
}

type WithoutPlace<R> = R extends MatcherRecord ? Omit<R, 'id' | 'handler' | 'where'> : never;

/** A matcher as its author wrote it: without the id it gets from the name it is exported under. */
export type MatcherDeclaration = WithoutPlace<MatcherRecord> & {
  functions?: RecordFunctions;
  /** Made at the place of the call: by its stack the host finds the author's line. */
  declared: Error;
};

/** What holds for every matcher of a handler, wherever it stands among them. */
export interface HandlerRules {
  constraints: readonly Constraint[];
  roles?: readonly RoleGrant[];
  functions?: RecordFunctions;
}

/** Marks what the functions of this room have made, whichever copy of this module made it. */
const MARK = Symbol.for('chatops.matched');

/** A handler with the matchers that call it: what a skill file exports. */
export class MatchedSkill implements Matched {
  readonly [MARK] = true;

  /** A skill and the testing kit may each bring their own copy of this class. */
  static [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && MARK in value;
  }

  /**
   * @param matchers - in the order in which they are tried; the outermost is the first.
   * @param rules - what `constrainRooms` and its like say.
   */
  constructor(
    readonly matchers: readonly MatcherDeclaration[],
    readonly handler: Handler,
    readonly rules: HandlerRules = { constraints: [] }
  ) {}
}

/** A matcher with what makes it one of a skill's. */
export interface RegisteredMatcher {
  record: MatcherRecord;
  functions: RecordFunctions;
  handler: Handler;
}

/**
 * The matchers of a handler as records, with the constraints that stand around or inside them.
 *
 * @param name - what the handler is exported as.
 * @param whereOf - finds the author's line by what was made there.
 */
export function registerMatchers(
  { matchers, handler, rules }: MatchedSkill,
  name: string,
  whereOf: (declared: Error) => MatcherRecord['where'] = () => undefined
): RegisteredMatcher[] {
  return matchers.map(({ functions = {}, declared, ...declaration }, i) => {
    const constraints = [...(declaration.constraints ?? []), ...rules.constraints];
    const roles = declaration.roles ?? rules.roles;
    const where = whereOf(declared);
    return {
      record: {
        ...declaration,
        id: i === 0 ? name : `${name}#${i + 1}`,
        handler: name,
        ...(constraints.length > 0 && { constraints }),
        ...(roles && { roles: [...roles] }),
        ...(where && { where })
      } as MatcherRecord,
      functions: { ...rules.functions, ...functions },
      handler
    };
  });
}
