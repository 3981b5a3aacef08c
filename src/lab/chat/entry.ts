import type { ChatMessage, ErrorRecord, PendingMessage, SkillChange, Trace } from '../../protocol';

/** A message that is in the bot's journal. */
export interface SaidEntry {
  readonly kind: 'said';
  /** The message's id: the same before and after it was delivered. */
  readonly key: string;
  readonly time: number;
  readonly message: ChatMessage;
  /** Said by the person at this page. */
  readonly own: boolean;
}

/** A message that the bot has not taken. */
export interface UnsentEntry {
  readonly kind: 'unsent';
  readonly key: string;
  readonly time: number;
  readonly message: PendingMessage;
}

/** What happened to a skill while this page was looking. */
export interface NewsEntry {
  readonly kind: 'news';
  readonly key: string;
  readonly time: number;
  readonly change: SkillChange;
}

/** What only the person at this page is told, because they asked this page for it. */
export type Aside =
  | { readonly what: 'help' }
  | { readonly what: 'words'; readonly text: string }
  | { readonly what: 'error'; readonly error: ErrorRecord }
  /** What would be weighed for a text. */
  | { readonly what: 'why'; readonly trace: Trace };

/** Something that only the person at this page sees, until they put it away. */
export interface AsideEntry {
  readonly kind: 'aside';
  readonly key: string;
  readonly time: number;
  readonly aside: Aside;
}

/** What stands in a room and is not waiting to be delivered. */
export type RoomEntry = SaidEntry | NewsEntry | AsideEntry;

/** One thing in a conversation, from top to bottom. An entry is never changed, only replaced. */
export type Entry = RoomEntry | UnsentEntry;

/** A message, delivered or not. */
export type MessageEntry = SaidEntry | UnsentEntry;

/** What people see happen to another message, instead of a message of its own. */
const CHANGES: ReadonlySet<string> = new Set([
  'EditedMessage',
  'DeleteMessage',
  'PinMessage',
  'UnpinMessage',
  'Press',
  'Reaction',
  'Typing'
]);

/** Whether a message is a line of the conversation, and not something that happened to one. */
export function isShown({ event, text, blocks = [] }: ChatMessage): boolean {
  return event ? !CHANGES.has(event.type) && (text !== '' || blocks.length > 0) : true;
}

/** Messages of one sender are a group until so much time has passed, in milliseconds. */
const GROUP_SPAN = 5 * 60_000;

/** Whether an entry needs its sender and time above it, given the one before it. */
export function startsGroup(entry: Entry, before: Entry | undefined): boolean {
  return (
    !before ||
    senderOf(entry) !== senderOf(before) ||
    entry.time - before.time > GROUP_SPAN ||
    startsDay(entry, before)
  );
}

/** Whether an entry is the first of its day, in the reader's time zone. */
export function startsDay(entry: Entry, before: Entry | undefined): boolean {
  return !before || new Date(entry.time).toDateString() !== new Date(before.time).toDateString();
}

/** A text that is the same for entries of the same sender. */
function senderOf(entry: Entry): string {
  switch (entry.kind) {
    case 'said':
      // What the bot says about itself does not belong to what it says to people.
      return entry.own ? 'self' : `${entry.message.notice ?? ''} ${entry.message.user.id}`;
    case 'unsent':
      return 'self';
    case 'news':
    case 'aside':
      return entry.kind;
  }
}
