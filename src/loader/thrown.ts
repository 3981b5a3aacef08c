import { reasonOf } from '../protocol';

/** What was thrown, in words, with the kind of error in front when that says more than `Error`. */
export function describeThrown(thrown: unknown): string {
  const name = textOfThrown(thrown, 'name');
  const kind = name === undefined || name === 'Error' ? '' : `${name}: `;
  return kind + reasonOf(thrown);
}

/** A text that an error has; its author may have put anything there, or something that throws. */
export function textOfThrown(thrown: unknown, key: 'name' | 'stack'): string | undefined {
  try {
    const value: unknown = thrown instanceof Error ? thrown[key] : undefined;
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
