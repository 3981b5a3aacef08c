import type { ChatMessage } from '../protocol';

/**
 * Whether an event has what the filters ask for: an entity, or else a value of the event itself, of
 * each name; null asks for none. Lists are the same when they hold the same values, in whatever order.
 */
export function filtersAccept(
  filters: Readonly<Record<string, unknown>>,
  { entities = {}, event }: ChatMessage
): boolean {
  return Object.entries(filters).every(([name, wanted]) => {
    const entity = entities[name];
    // What is not there is null, as in opsdroid.
    return isSame(
      (entity === undefined ? event?.data[name] : entity.value) ?? null,
      wanted ?? null
    );
  });
}

function isSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && sorted(a) === sorted(b);
  }
  return canonical(a) === canonical(b);
}

function sorted(list: readonly unknown[]): string {
  return list.map(canonical).toSorted().join('\n');
}

/** A text that is the same for equal values, whatever the order of their keys. */
function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) {
    return JSON.stringify(value) ?? 'undefined';
  }
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join(',')}]`;
  }
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}
