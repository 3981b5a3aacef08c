/** What was found about a condition. */
export interface Finding {
  met: boolean;
  /** What the words of the condition may refer to: `{text}`, `{got}`. */
  facts: Readonly<Record<string, string>>;
}

/** It is so. */
export const met: Finding = { met: true, facts: {} };

/** It is not so, and this is what was found instead. */
export function unmet(facts: Readonly<Record<string, string>> = {}): Finding {
  return { met: false, facts };
}

/** A finding without facts. */
export function finding(isMet: boolean): Finding {
  return isMet ? met : unmet();
}

/** Puts facts into a text with `{name}` in it. */
export function fillIn(text: string, facts: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => facts[name] ?? whole);
}
