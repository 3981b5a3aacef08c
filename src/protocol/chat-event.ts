import * as z from 'zod/mini';

/**
 * The kinds of events that connectors and skills agree on, by opsdroid's names. A skill may fire
 * events of any other name.
 */
export const eventTypes = [
  'Message',
  'EditedMessage',
  'Reply',
  'Typing',
  'Reaction',
  'File',
  'Image',
  'Video',
  'NewRoom',
  'RoomName',
  'RoomAddress',
  'RoomImage',
  'RoomDescription',
  'JoinRoom',
  'LeaveRoom',
  'JoinGroup',
  'LeaveGroup',
  'UserInvite',
  'UserRole',
  'BanUser',
  'PinMessage',
  'UnpinMessage',
  'DeleteMessage',
  /** Someone pressed a button of a message. */
  'Press',
  /** The bot is there and its connectors are connected; opsdroid calls it `OpsdroidStarted`. */
  'BotStarted'
] as const;

/** Events that carry a text, which is matched as that of a message is. */
export const textEventTypes: readonly string[] = ['Message', 'EditedMessage', 'Reply', 'Press'];

/** The name an event goes by here, given the one somebody used. */
export function eventTypeOf(name: string): string {
  return name === 'OpsdroidStarted' ? 'BotStarted' : name;
}

/** Something known about an event, such as what a group of a pattern caught. */
export const entitySchema = z.object({
  value: z.unknown(),
  /** How sure it is, from 0 to 1, where that is known. */
  confidence: z.optional(z.number())
});

/** Something known about an event. */
export type Entity = z.infer<typeof entitySchema>;

/** What an event is, besides a message. */
export const chatEventSchema = z.object({
  /** One of {@link eventTypes}, or a name of a skill's own. */
  type: z.string(),
  /** What belongs to this kind of event: a reaction's `emoji`, a room's `name`. */
  data: z.record(z.string(), z.unknown()),
  /** The `seq` of the message it is about, for an edit, a reaction, a pin or a deletion. */
  target: z.optional(z.int())
});

/** What an event is, besides a message. */
export type ChatEvent = z.infer<typeof chatEventSchema>;
