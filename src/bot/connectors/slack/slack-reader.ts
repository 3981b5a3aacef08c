import * as z from 'zod';
import type { Incoming } from '../../../engine';
import type { Block, ChatEvent, Entity, User } from '../../../protocol';
import { MessageBook } from './message-book';
import type { Pressed } from './slack-blocks';
import type { SlackDirectory } from './slack-directory';
import { emojiOf } from './slack-emoji';
import { fromMrkdwn, mentionedIn } from './slack-text';
import type { SlackEnvelope } from './socket-mode';

/** The entity that names a thread whose first message the bot does not know. */
export const THREAD_ENTITY = 'slack_thread';

const fileSchema = z.looseObject({
  name: z.string().nullish(),
  mimetype: z.string().nullish(),
  size: z.number().nullish(),
  url_private: z.string().nullish()
});

const messageSchema = z.looseObject({
  ts: z.string(),
  text: z.string().nullish(),
  user: z.string().optional(),
  bot_id: z.string().nullish(),
  username: z.string().nullish(),
  thread_ts: z.string().optional(),
  files: z.array(fileSchema).optional()
});

type SlackMessage = z.infer<typeof messageSchema>;

const saidSchema = messageSchema.extend({
  channel: z.string(),
  subtype: z.string().optional()
});

const changedSchema = z.looseObject({
  channel: z.string(),
  message: messageSchema,
  previous_message: messageSchema.optional()
});

const deletedSchema = z.looseObject({
  channel: z.string(),
  deleted_ts: z.string(),
  previous_message: messageSchema.optional()
});

const itemSchema = z.looseObject({ channel: z.string(), ts: z.string().optional() });

const reactionSchema = z.looseObject({
  user: z.string(),
  reaction: z.string(),
  item: itemSchema.extend({ type: z.literal('message'), ts: z.string() })
});

const memberSchema = z.looseObject({ user: z.string(), channel: z.string() });

const pinSchema = z.looseObject({
  user: z.string(),
  channel_id: z.string(),
  item: z.looseObject({ message: z.looseObject({ ts: z.string() }).optional() })
});

const channelSchema = z.looseObject({
  channel: z.looseObject({
    id: z.string(),
    name: z.string(),
    creator: z.string().optional()
  })
});

const callbackSchema = z.looseObject({
  event_id: z.string(),
  event: z.looseObject({ type: z.string(), subtype: z.string().optional() })
});

const actionsSchema = z.looseObject({
  type: z.literal('block_actions'),
  user: z.looseObject({ id: z.string() }),
  channel: z.looseObject({ id: z.string() }),
  message: z.looseObject({ ts: z.string(), thread_ts: z.string().optional() }),
  actions: z.array(
    z.looseObject({
      action_id: z.string(),
      action_ts: z.string().optional(),
      value: z.string().optional()
    })
  )
});

/** Messages that are said, by Slack's subtypes; the others are Slack's own notes. */
const SAID = [undefined, 'file_share', 'thread_broadcast', 'me_message', 'bot_message'];

/** What the reader needs around it. */
export interface SlackReaderParts {
  connector: string;
  /** The bot itself, by its user and by its integration. */
  self: { user: string; bot: string | undefined };
  hearBots: boolean;
  directory: SlackDirectory;
  book: MessageBook;
}

/** What an event was before it has its connector. */
type Read = Omit<Incoming, 'connector'> | undefined;

/**
 * What Slack sends, as events of the bot. What a platform brings twice has the same id twice, so
 * that the journal knows it.
 *
 * Source: https://docs.slack.dev/reference/events
 */
export class SlackReader {
  constructor(private readonly parts: SlackReaderParts) {}

  /** The events of an envelope; none for what the bot did itself, or does not know. */
  async read({ type, payload }: SlackEnvelope): Promise<Incoming[]> {
    const { connector } = this.parts;
    const read =
      type === 'events_api'
        ? [await this.callback(payload)]
        : type === 'interactive'
          ? await this.presses(payload)
          : [];
    return read.flatMap(event => (event ? [{ ...event, connector }] : []));
  }

  private async callback(payload: unknown): Promise<Read> {
    const { data } = callbackSchema.safeParse(payload);
    if (!data) {
      return undefined;
    }
    const { event_id: id, event } = data;
    switch (event.type) {
      case 'message':
      case 'app_mention':
        return this.message(id, event);
      case 'reaction_added':
      case 'reaction_removed':
        return this.reaction(id, event);
      case 'member_joined_channel':
      case 'member_left_channel':
        return this.member(id, event);
      case 'pin_added':
      case 'pin_removed':
        return this.pin(id, event);
      case 'channel_created':
      case 'channel_rename':
      case 'group_rename':
        return this.channel(id, event);
      default:
        return undefined;
    }
  }

  private message(id: string, event: { subtype?: string | undefined }): Promise<Read> | undefined {
    const { subtype } = event;
    if (subtype === 'message_changed') {
      return this.changed(id, event);
    }
    if (subtype === 'message_deleted') {
      return this.deleted(id, event);
    }
    return SAID.includes(subtype) ? this.said(event) : undefined;
  }

  private async said(event: object): Promise<Read> {
    const { data: message } = saidSchema.safeParse(event);
    const user = message && (await this.author(message));
    if (!message || !user) {
      return undefined;
    }
    const { channel, ts } = message;
    const blocks = (message.files ?? []).map(blockOf);
    const text = await this.textOf(message);
    return {
      // What mentions the bot comes as a message and as a mention: one id, one message.
      id: MessageBook.idOf(channel, ts),
      room: channel,
      user,
      text: text || blocks.map(({ name }) => name ?? '').join(' '),
      ...(blocks.length > 0 && { blocks }),
      ...this.threadOf(channel, ts, message.thread_ts)
    };
  }

  private async changed(id: string, event: object): Promise<Read> {
    const { data } = changedSchema.safeParse(event);
    const user = data && (await this.author(data.message));
    // Slack also tells of a message that a preview was added to; its text is the same.
    if (!data || !user || data.message.text === data.previous_message?.text) {
      return undefined;
    }
    const { channel, message } = data;
    return {
      id,
      room: channel,
      user,
      text: await this.textOf(message),
      event: this.about('EditedMessage', channel, message.ts),
      ...this.threadOf(channel, message.ts, message.thread_ts)
    };
  }

  private async deleted(id: string, event: object): Promise<Read> {
    const { data } = deletedSchema.safeParse(event);
    const user = data?.previous_message && (await this.author(data.previous_message));
    if (!data || !user) {
      return undefined;
    }
    const { channel, deleted_ts: ts } = data;
    return { id, room: channel, user, text: '', event: this.about('DeleteMessage', channel, ts) };
  }

  private async reaction(id: string, event: { type: string }): Promise<Read> {
    const { data } = reactionSchema.safeParse(event);
    if (!data || this.isSelf(data.user)) {
      return undefined;
    }
    const { channel, ts } = data.item;
    const emoji = emojiOf(data.reaction);
    const active = event.type === 'reaction_added';
    return {
      id,
      room: channel,
      user: await this.parts.directory.user(data.user),
      text: '',
      event: this.about('Reaction', channel, ts, { emoji, active })
    };
  }

  private async member(id: string, event: { type: string }): Promise<Read> {
    const { data } = memberSchema.safeParse(event);
    const { directory } = this.parts;
    if (!data) {
      return undefined;
    }
    if (this.isSelf(data.user)) {
      await directory.meet(data.channel).catch(() => undefined);
      return undefined;
    }
    const type = event.type === 'member_joined_channel' ? 'JoinRoom' : 'LeaveRoom';
    const user = await directory.user(data.user);
    return { id, room: data.channel, user, text: '', event: { type, data: {} } };
  }

  private async pin(id: string, event: { type: string }): Promise<Read> {
    const { data } = pinSchema.safeParse(event);
    const ts = data?.item.message?.ts;
    if (!data || ts === undefined || this.isSelf(data.user)) {
      return undefined;
    }
    const type = event.type === 'pin_added' ? 'PinMessage' : 'UnpinMessage';
    const user = await this.parts.directory.user(data.user);
    const { channel_id: channel } = data;
    return { id, room: channel, user, text: '', event: this.about(type, channel, ts) };
  }

  private async channel(id: string, event: { type: string }): Promise<Read> {
    const { data } = channelSchema.safeParse(event);
    if (!data) {
      return undefined;
    }
    const { id: room, name, creator } = data.channel;
    const { directory } = this.parts;
    directory.learn(room, name);
    if (creator !== undefined && this.isSelf(creator)) {
      return undefined;
    }
    const type = event.type === 'channel_created' ? 'NewRoom' : 'RoomName';
    // Slack does not say who renamed a channel.
    const user =
      creator === undefined ? { id: 'slack', name: 'Slack' } : await directory.user(creator);
    return { id, room, user, text: '', event: { type, data: { name } } };
  }

  private async presses(payload: unknown): Promise<Read[]> {
    const { data } = actionsSchema.safeParse(payload);
    if (!data) {
      return [];
    }
    const { channel, message } = data;
    const user = await this.parts.directory.user(data.user.id);
    return data.actions.map(({ action_id: action, action_ts: time = '', value = '' }) => {
      const pressed = action.startsWith('chatops:') ? readPressed(value) : undefined;
      if (!pressed) {
        return undefined;
      }
      const target = this.pressedMessage(pressed, channel.id, message.ts);
      return {
        id: ['press', channel.id, message.ts, user.id, action, time].join(':'),
        room: channel.id,
        user,
        text: pressed.value,
        event: {
          type: 'Press',
          data: { block: pressed.block, value: pressed.value },
          ...(target !== undefined && { target })
        },
        ...this.threadOf(channel.id, message.ts, message.thread_ts)
      };
    });
  }

  /** The message of a button, which an earlier process may have sent. */
  private pressedMessage({ seq, block }: Pressed, channel: string, ts: string): number | undefined {
    const { book } = this.parts;
    const blocks = book.message(seq)?.blocks ?? [];
    if (!blocks.some(each => each.type === 'buttons' && each.id === block)) {
      return undefined;
    }
    if (!book.placeOf(seq)?.posts.includes(ts)) {
      book.note(seq, { channel, posts: [ts] });
    }
    return seq;
  }

  /** Who said something; nobody when it was the bot itself, or a bot that is not listened to. */
  private async author({ user, bot_id: bot, username }: SlackMessage): Promise<User | undefined> {
    const { self, hearBots, directory } = this.parts;
    const isBot = bot !== undefined && bot !== null;
    if ((user !== undefined && this.isSelf(user)) || (isBot && (bot === self.bot || !hearBots))) {
      return undefined;
    }
    if (user !== undefined) {
      return directory.user(user);
    }
    return isBot ? { id: bot, name: username ?? bot } : undefined;
  }

  private isSelf(user: string): boolean {
    return user === this.parts.self.user;
  }

  private async textOf({ text }: SlackMessage): Promise<string> {
    const { directory, self } = this.parts;
    const names = new Map<string, string>();
    for (const id of mentionedIn(text ?? '')) {
      names.set(id, (await directory.user(id)).name);
    }
    return fromMrkdwn(text ?? '', {
      self: self.user,
      user: id => names.get(id) ?? id,
      room: id => directory.nameOf(id)
    });
  }

  private about(
    type: string,
    channel: string,
    ts: string,
    data: Record<string, unknown> = {}
  ): ChatEvent {
    const target = this.parts.book.seqOf(channel, ts);
    return { type, data, ...(target !== undefined && { target }) };
  }

  private threadOf(
    channel: string,
    ts: string,
    root: string | undefined
  ): { thread?: number; entities?: Record<string, Entity> } {
    if (root === undefined || root === ts) {
      return {};
    }
    const thread = this.parts.book.seqOf(channel, root);
    return {
      ...(thread !== undefined && { thread }),
      entities: { [THREAD_ENTITY]: { value: root } }
    };
  }
}

function readPressed(value: string): Pressed | undefined {
  try {
    return z
      .object({ seq: z.int(), block: z.string(), value: z.string() })
      .safeParse(JSON.parse(value)).data;
  } catch {
    return undefined;
  }
}

function blockOf(
  file: z.infer<typeof fileSchema>
): Extract<Block, { type: 'file' | 'image' | 'video' }> {
  const { name, mimetype, size, url_private: url } = file;
  const kind = mimetype?.split('/')[0];
  return {
    type: kind === 'image' || kind === 'video' ? kind : 'file',
    ...(name && { name }),
    ...(mimetype && { mimetype }),
    ...(typeof size === 'number' && { size }),
    ...(url && { url })
  };
}
