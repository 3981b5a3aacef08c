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

/** What was caught and found, by name: one value, or a list where a name has several places. */
export function toEntities(
  captures: readonly Capture[],
  places: number,
  found: Readonly<Record<string, Entity>>
): Record<string, unknown> {
  const entities: Record<string, unknown> = Object.fromEntries(
    Object.entries(found).map(([name, { value }]) => [name, value])
  );
  for (const name of new Set(captures.map(capture => capture.name))) {
    if (!/^\d/.test(name)) {
      const values = captures.filter(capture => capture.name === name).map(valueOf);
      // Alternatives may share a name; those that took no part in a match say nothing.
      const present = values.filter(value => value !== null);
      entities[name] = places > 1 ? present : (present[0] ?? null);
    }
  }
  return entities;
}

function valueOf({ value, typed }: Capture): string | number | null {
  return typed?.type === 'number' ? Number(typed.value) : (typed?.value ?? value);
}

function toMatch(input: string, { start, end }: Span, captures: readonly Capture[]): Match {
  const caught = captures.map(({ value }) => value ?? undefined);
  const groups: Match['groups'] = {};
  for (const { name, value } of captures) {
    // Alternatives may share a name; at most one of them took part.
    if (!/^\d/.test(name)) {
      groups[name] ??= value ?? undefined;
    }
  }
  return Object.assign([input.slice(start, end), ...caught], { index: start, input, groups });
}
