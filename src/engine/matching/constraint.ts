import type { ChatMessage, Constraint, MatcherRecord } from '../../protocol';

/** Where an event comes from, as far as constraints ask. */
export type ConstrainedEvent = Pick<ChatMessage, 'connector' | 'room' | 'user'>;

/** Knows rooms by other names than their ids: `#general` for `C024BE91L`. */
export type RoomLookup = (connector: string, name: string) => string | undefined;

/**
 * Why a matcher does not hold for an event, or nothing when it does. Schedules have no room and no
 * person, so nothing constrains them.
 */
export function constraintAgainst(
  { kind, constraints = [] }: MatcherRecord,
  event: ConstrainedEvent,
  lookup: RoomLookup = () => undefined
): string | undefined {
  if (kind === 'crontab') {
    return undefined;
  }
  const against = constraints.find(constraint => !accepts(constraint, event, lookup));
  return against && explain(against, event);
}

function accepts(
  { on, values, invert }: Constraint,
  event: ConstrainedEvent,
  lookup: RoomLookup
): boolean {
  const { connector, room, user } = event;
  const isListed = values.some(value => {
    switch (on) {
      case 'rooms':
        return value === room || (room !== '' && lookup(connector, value) === room);
      case 'users':
        return value === user.name || value === user.id;
      case 'connectors':
        return value === connector;
    }
  });
  return isListed !== invert;
}

function explain(
  { on, values, invert }: Constraint,
  { connector, room, user }: ConstrainedEvent
): string {
  const actual = { rooms: room, users: user.name, connectors: connector }[on] || 'none';
  return `${on} ${invert ? 'must not be' : 'must be'} ${values.join(' or ')}; it is ${actual}`;
}
