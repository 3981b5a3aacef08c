import {
  chatOpsError,
  createId,
  Emitter,
  type ChatEvent,
  type ChatMessage,
  type MessagePatch,
  type User
} from '../../protocol';
import type { Clock } from '../clock';
import type { Capabilities, Connector, Delays } from '../connector';
import { placeKey, type Journal, type Place } from '../journal';
import { degrade, textOfBlocks } from './block-text';

/** What is said, before it has its place in the journal. */
export type Said = Place &
  Pick<ChatMessage, 'text'> &
  Partial<
    Pick<ChatMessage, 'blocks' | 'answers' | 'thread' | 'skill' | 'notice' | 'error' | 'streaming'>
  >;

/** A message changed after it was said. */
export interface MessageUpdate {
  message: ChatMessage;
  patch: MessagePatch;
}

/** Someone starts or stops writing. */
export interface TypingEvent extends Place {
  user: User;
  active: boolean;
}

/** What a speaker is made of. */
export interface SpeakerParts {
  journal: Journal;
  clock: Clock;
  /** The bot as it appears in rooms. */
  bot: User;
  /** Takes secrets out of whatever is about to be said. */
  mask: <T>(value: T) => T;
  /** A number from 0 up to and without 1. */
  random: () => number;
}

/** Everything the bot says goes through here: journal first, then the connector, then all who listen. */
export class Speaker {
  /** Everything that is said, by people and by the bot. */
  readonly messages = new Emitter<ChatMessage>();
  readonly updates = new Emitter<MessageUpdate>();
  readonly typing = new Emitter<TypingEvent>();

  private readonly connectors = new Map<string, Connector>();
  /** Messages that are shown only when they are complete, because their connector cannot change one. */
  private readonly withheld = new Set<number>();
  /** The connector that is meant when none is named, if it is there. */
  private preferred: string | undefined;
  /** The last pause of each room that has one, by the room's key. */
  private readonly dawdling = new Map<string, Promise<void>>();

  constructor(private readonly parts: SpeakerParts) {}

  /** The bot as it appears in rooms. */
  get bot(): User {
    return this.parts.bot;
  }

  addConnector(connector: Connector): void {
    this.connectors.set(connector.name, connector);
  }

  removeConnector(name: string): void {
    this.connectors.delete(name);
  }

  /** Says which connector is meant when none is named; the first that was added when none is said. */
  prefer(name: string | undefined): void {
    this.preferred = name;
  }

  connector(name: string): Connector | undefined {
    return this.connectors.get(name);
  }

  /** The room that is meant when only a part of it is said, or nothing. */
  placeOf({ connector, room }: Partial<Place>): Place {
    const [first] = this.connectors.values();
    const preferred = this.connectors.get(this.preferred ?? '') ?? first;
    const chosen = connector === undefined ? preferred : this.connectors.get(connector);
    if (!chosen) {
      throw chatOpsError('CHATOPS_PLACE_UNKNOWN', { place: connector ?? 'any connector' });
    }
    const where = room === undefined ? chosen.defaultRoom : (chosen.lookupRoom?.(room) ?? room);
    if (where === undefined) {
      throw chatOpsError('CHATOPS_PLACE_UNKNOWN', { place: `a room of ${chosen.name}` });
    }
    return { connector: chosen.name, room: where };
  }

  /** Says something. Rejects with what the connector throws; then it is in the journal all the same. */
  async post(said: Said): Promise<ChatMessage> {
    const connector = this.connectors.get(said.connector);
    const text = said.text || textOfBlocks(said.blocks ?? []);
    if (connector?.delays) {
      await this.dawdle(said, text.length, connector.delays);
    }
    const { journal, clock, bot, mask } = this.parts;
    const shown = mask({ ...said, text });
    const message = journal.add({ ...shown, id: createId(), user: bot, time: clock.now() });
    if (connector && message.streaming && !connector.update) {
      this.withheld.add(message.seq);
    } else {
      const delivered = connector?.deliver(degrade(message, connector.can));
      if (delivered !== undefined) {
        await delivered;
      }
    }
    this.messages.emit(message);
    return message;
  }

  /**
   * Changes a message, here and where people see it.
   *
   * @throws ChatOpsError `CHATOPS_MESSAGE_UNKNOWN` when the journal no longer holds it.
   */
  async update(seq: number, patch: MessagePatch): Promise<ChatMessage> {
    const { message, change } = this.change(seq, patch);
    const connector = this.connectors.get(message.connector);
    if (connector?.update) {
      await connector.update(
        degrade(message, connector.can),
        degradePatch(message, change, connector.can)
      );
    } else if (connector) {
      await this.sayAgain(connector, message, change);
    }
    this.updates.emit({ message, patch: change });
    return message;
  }

  /**
   * Notes a change that people see already, because it is theirs.
   *
   * @throws ChatOpsError `CHATOPS_MESSAGE_UNKNOWN` when the journal no longer holds it.
   */
  note(seq: number, patch: MessagePatch): void {
    const { message, change } = this.change(seq, patch);
    this.updates.emit({ message, patch: change });
  }

  /** Adds the bot's reaction to a message, or takes it back. False when the connector cannot show it. */
  async react(seq: number, emoji: string, active: boolean): Promise<boolean> {
    const message = this.parts.journal.get(seq);
    const connector = message && this.connectors.get(message.connector);
    if (!message || !connector?.update) {
      return false;
    }
    if (connector.delays) {
      await this.dawdle(message, 0, connector.delays);
    }
    await this.update(seq, this.reactionPatch(seq, emoji, this.bot, active));
    return true;
  }

  /** Notes someone's reaction to a message, or that they took it back. */
  noteReaction(seq: number, emoji: string, user: User, active: boolean): void {
    this.note(seq, this.reactionPatch(seq, emoji, user, active));
  }

  /** Shows that the bot is at work in a room, or no longer. */
  showTyping({ connector, room }: Place, active: boolean): void {
    this.connectors.get(connector)?.typing?.(room, active);
    this.typing.emit({ connector, room, user: this.parts.bot, active });
  }

  /**
   * Brings about something other than a message.
   *
   * @throws ChatOpsError `CHATOPS_EVENT_UNSUPPORTED` when the connector cannot.
   */
  async perform(event: ChatEvent, place: Place): Promise<void> {
    const connector = this.connectors.get(place.connector);
    if (!connector?.perform || !connector.can?.events.has(event.type)) {
      throw chatOpsError('CHATOPS_EVENT_UNSUPPORTED', {
        event: event.type,
        connector: place.connector
      });
    }
    await connector.perform(event, place);
  }

  /** Tells of the bot itself, wherever that belongs. */
  async notify(said: Pick<Said, 'text' | 'notice' | 'error'>): Promise<void> {
    await Promise.all(
      [...this.connectors.values()].flatMap(({ name, noticeRooms }) =>
        noticeRooms.map(room => this.post({ connector: name, room, ...said }))
      )
    );
  }

  /** Empties the view of a room. False when its connector cannot. */
  clear({ connector, room }: Place): boolean {
    const target = this.connectors.get(connector);
    target?.clear?.(room);
    return target?.clear !== undefined;
  }

  private change(seq: number, patch: MessagePatch): { message: ChatMessage; change: MessagePatch } {
    const text = patch.text ?? (patch.blocks && textOfBlocks(patch.blocks));
    const changed = this.parts.clock.now();
    const change = this.parts.mask({ ...patch, changed, ...(text !== undefined && { text }) });
    const message = this.parts.journal.update(seq, change);
    if (!message) {
      throw chatOpsError('CHATOPS_MESSAGE_UNKNOWN', { seq });
    }
    return { message, change };
  }

  private reactionPatch(seq: number, emoji: string, user: User, active: boolean): MessagePatch {
    const before = this.parts.journal.get(seq)?.reactions ?? {};
    const others = (before[emoji] ?? []).filter(({ id }) => id !== user.id);
    const { [emoji]: _, ...rest } = before;
    const now = active ? [...others, user] : others;
    return { reactions: { ...rest, ...(now.length > 0 && { [emoji]: now }) } };
  }

  /** Where a message cannot be changed, what has become of it is said anew, once it is final. */
  private async sayAgain(
    connector: Connector,
    message: ChatMessage,
    patch: MessagePatch
  ): Promise<void> {
    const { seq, streaming, blocks = [], deleted, text } = message;
    const wasWithheld = this.withheld.has(seq);
    const isFinal = !streaming && !blocks.some(isRunning);
    // What was asked and answered, and what is gone, leaves nothing to be said.
    const isSilent = patch.text === undefined || blocks.some(isAnswered) || deleted || text === '';
    if (isFinal) {
      this.withheld.delete(seq);
    }
    if (isFinal && !isSilent) {
      const mark = patch.edited !== undefined && !wasWithheld ? '* ' : '';
      await connector.deliver(degrade({ ...message, text: mark + text }, connector.can));
    }
  }

  /** Pretends to think and to type, one thing after the other in each room. */
  private async dawdle(place: Place, length: number, { thinking, typing }: Delays): Promise<void> {
    const [from, to] = typeof thinking === 'object' ? thinking : [thinking, thinking];
    const seconds = from + (to - from) * this.parts.random() + length * typing;
    if (seconds <= 0) {
      return;
    }
    const key = placeKey(place);
    const before = this.dawdling.get(key) ?? Promise.resolve();
    const turn = before.then(() => this.pause(place, seconds));
    this.dawdling.set(key, turn);
    await turn;
    if (this.dawdling.get(key) === turn) {
      this.dawdling.delete(key);
    }
  }

  private async pause(place: Place, seconds: number): Promise<void> {
    this.showTyping(place, true);
    await new Promise<void>(resolve => {
      this.parts.clock.setTimeout(() => resolve(), seconds * 1000);
    });
    this.showTyping(place, false);
  }
}

function isRunning(block: NonNullable<ChatMessage['blocks']>[number]): boolean {
  return block.type === 'progress' && block.state === 'running';
}

function isAnswered(block: NonNullable<ChatMessage['blocks']>[number]): boolean {
  return block.type === 'buttons' && block.answer !== undefined;
}

function degradePatch(
  message: ChatMessage,
  patch: MessagePatch,
  can: Capabilities | undefined
): MessagePatch {
  if (!patch.blocks) {
    return patch;
  }
  const { blocks: _, ...rest } = patch;
  // Where blocks are shown, none left is a change too.
  const { blocks = can && can.blocks.size > 0 ? [] : undefined } = degrade(message, can);
  return { ...rest, ...(blocks && { blocks }) };
}
