import { chatOpsError } from '../../protocol';
import type { Handler } from '../api';
import { MatchedSkill, type MatcherDeclaration } from '../matched-skill';
import { checkOptions, kindOf, type Rules, type Usage } from './checks';

type WithoutPlace<D> = D extends MatcherDeclaration ? Omit<D, 'declared'> : never;

/** A declaration before its place is known. */
export type Declaration = WithoutPlace<MatcherDeclaration>;

/** How one kind of matcher reads what it is called with. */
export interface MatcherKindParts<O> extends Usage {
  /** The options it knows. */
  rules: Rules;
  /** What it matches, from its options. */
  declare(options: O): Declaration;
}

/**
 * Puts a matcher around a handler, or around another matcher.
 *
 * @param rest - the handler, with the options in front of it if there are any.
 * @throws ChatOpsError `CHATOPS_MATCHER_ARGUMENT` or `CHATOPS_MATCHER_HANDLER`.
 */
export function matchBy<O extends object>(
  parts: MatcherKindParts<O>,
  rest: readonly unknown[]
): MatchedSkill {
  const [given, target] = rest.length > 1 ? rest : [{}, rest[0]];
  const options = checkOptions<O>(given, parts.rules, parts);
  const declaration = {
    ...parts.declare(options),
    declared: new Error('declared here')
  } as MatcherDeclaration;
  if (target instanceof MatchedSkill) {
    return new MatchedSkill([declaration, ...target.matchers], target.handler, target.rules);
  }
  if (typeof target !== 'function') {
    const { name, example } = parts;
    throw chatOpsError('CHATOPS_MATCHER_HANDLER', {
      matcher: name,
      example,
      got: target === undefined ? 'none' : kindOf(target)
    });
  }
  return new MatchedSkill([declaration], target as Handler);
}
