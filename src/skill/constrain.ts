import { chatOpsError, type Constraint } from '../protocol';
import type { Matched } from './api';
import { MatchedSkill } from './matched-skill';
import { isTexts, kindOf, wrongCall } from './matchers/checks';

type Constrain = {
  (values: readonly string[], matched: Matched): Matched;
  (values: readonly string[], options: { invert?: boolean }, matched: Matched): Matched;
};

/** Puts a constraint on every matcher of a handler, those around it as well as those inside. */
function constrain(name: string, on: Constraint['on']): Constrain {
  const usage = { name, example: `['one', 'two']` };
  return (values: readonly string[], ...rest: unknown[]): Matched => {
    if (!isTexts(values)) {
      throw wrongCall(
        usage,
        `needs a list of texts as its first argument; it got ${kindOf(values)}`
      );
    }
    const [options, target] = rest.length > 1 ? rest : [{}, rest[0]];
    if (!(target instanceof MatchedSkill)) {
      throw chatOpsError('CHATOPS_MATCHER_HANDLER', {
        matcher: name,
        example: usage.example,
        got: target === undefined ? 'none' : `${kindOf(target)} without a matcher`
      });
    }
    const invert = (options as { invert?: boolean }).invert === true;
    const constraint = { on, values: [...values], invert };
    return new MatchedSkill(target.matchers, target.handler, {
      ...target.rules,
      constraints: [constraint, ...target.rules.constraints]
    });
  };
}

/** Lets matchers hold only in some rooms, or with `{ invert: true }` in all but those. */
export const constrainRooms: Constrain = constrain('constrainRooms', 'rooms');

/** Lets matchers hold only for some people, by name or id, or with `{ invert: true }` for all but those. */
export const constrainUsers: Constrain = constrain('constrainUsers', 'users');

/** Lets matchers hold only for some connectors, or with `{ invert: true }` for all but those. */
export const constrainConnectors: Constrain = constrain('constrainConnectors', 'connectors');
