import type { Capture, Entity, Span } from '../../protocol';
import type { Match } from '../api';

/** What a pattern caught, place by place, in the form of JavaScript's own match results. */
export function toMatches(
  input: string,
  spans: readonly Span[],
  captures: readonly Capture[]
): Match[] {
  const groups = spans.length === 0 ? 0 : captures.length / spans.length;
  return spans.map((span, i) => toMatch(input, span, captures.slice(i * groups, (i + 1) * groups)));
}

/** What was caught and found, by name: one value, or a list with one for each place of `findall`. */
export function toEntities(
  captures: readonly Capture[],
  places: number,
  found: Readonly<Record<string, Entity>>
): Record<string, unknown> {
  const entities: Record<string, unknown> = Object.fromEntries(
    Object.entries(found).map(([name, { value }]) => [name, value])
  );
  const groups = captures.length / Math.max(1, places);
  for (const name of new Set(captures.map(capture => capture.name))) {
    if (!/^\d/.test(name)) {
      const values = Array.from({ length: places }, (_, i) =>
        lastOf(name, captures.slice(i * groups, (i + 1) * groups))
      );
      entities[name] = places > 1 ? values : (values[0] ?? null);
    }
  }
  return entities;
}

/** Groups may share a name: of those that took part in a match, the last one counts. */
function lastOf(name: string, captures: readonly Capture[]): string | number | null {
  const caught = captures.findLast(capture => capture.name === name && capture.value !== null);
  return caught ? valueOf(caught) : null;
}

function valueOf({ value, typed }: Capture): string | number | null {
  return typed?.type === 'number' ? Number(typed.value) : (typed?.value ?? value);
}

function toMatch(input: string, { start, end }: Span, captures: readonly Capture[]): Match {
  const caught = captures.map(({ value }) => value ?? undefined);
  const groups: Match['groups'] = {};
  for (const { name, value } of captures) {
    // Groups may share a name: of those that took part, the last one counts.
    if (!/^\d/.test(name)) {
      groups[name] = value ?? groups[name];
    }
  }
  return Object.assign([input.slice(start, end), ...caught], { index: start, input, groups });
}
