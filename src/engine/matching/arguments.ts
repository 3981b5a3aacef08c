import type { Capture, MatcherRecord } from '../../protocol';

/** What is wrong with an argument for which the author named all values there are; nothing when all is well. */
export function argumentAgainst(
  matcher: MatcherRecord,
  captures: readonly Capture[]
): string | undefined {
  for (const { name, value } of captures) {
    const choices = matcher.arguments?.[name]?.choices;
    if (choices && value !== null && !choices.includes(value)) {
      return `${name} must be ${choices.join(' or ')}; it is ${value}`;
    }
  }
  return undefined;
}
