import type { Block, User } from '../../../protocol';
import { MessageBook } from './message-book';
import {
  changedSchema,
  deletedSchema,
  saidSchema,
  type SlackFile,
  type SlackMessage
} from './slack-payload';
import { about, threadOf, type SlackRead, type SlackSurroundings } from './slack-surroundings';
import { fromMrkdwn, mentionedIn } from './slack-text';

/** Messages that are said, by Slack's subtypes; the others are Slack's own notes. */
const SAID = [undefined, 'file_share', 'thread_broadcast', 'me_message', 'bot_message'];

/** What the ids of conversations between two begin with. */
const DIRECT = 'D';

/** What is said in Slack, changed and taken back. */
export class SlackMessageReader {
  constructor(private readonly parts: SlackSurroundings) {}

  /** @param id - that of the event, for what is no message of its own. */
  async read(id: string, event: { subtype?: string | undefined }): Promise<SlackRead> {
    const { subtype } = event;
    if (subtype === 'message_changed') {
      return this.changed(id, event);
    }
    if (subtype === 'message_deleted') {
      return this.deleted(id, event);
    }
    return SAID.includes(subtype) ? this.said(event) : undefined;
  }

  private async said(event: object): Promise<SlackRead> {
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
      addressed: channel.startsWith(DIRECT) || this.namesBot(message),
      ...(blocks.length > 0 && { blocks }),
      ...threadOf(this.parts, [channel, ts], message.thread_ts)
    };
  }

  private async changed(id: string, event: object): Promise<SlackRead> {
    const { data } = changedSchema.safeParse(event);
    const user = data && (await this.author(data.message));
    // Slack also tells of a message that a preview was added to; its text is the same.
    if (!data || !user || data.message.text === data.previous_message?.text) {
      return undefined;
    }
    const { channel, message } = data;
    const place = [channel, message.ts] as const;
    return {
      id,
      room: channel,
      user,
      text: await this.textOf(message),
      addressed: channel.startsWith(DIRECT) || this.namesBot(message),
      event: about(this.parts, 'EditedMessage', place),
      ...threadOf(this.parts, place, message.thread_ts)
    };
  }

  private async deleted(id: string, event: object): Promise<SlackRead> {
    const { data } = deletedSchema.safeParse(event);
    const user = data?.previous_message && (await this.author(data.previous_message));
    if (!data || !user) {
      return undefined;
    }
    const { channel, deleted_ts: ts } = data;
    const deletion = about(this.parts, 'DeleteMessage', [channel, ts]);
    return { id, room: channel, user, text: '', event: deletion };
  }

  /** Who said something; nobody when it was the bot itself, or a bot that is not listened to. */
  private async author({ user, bot_id: bot, username }: SlackMessage): Promise<User | undefined> {
    const { self, hearBots, directory } = this.parts;
    const isBot = bot !== undefined && bot !== null;
    if (user === self.user || (isBot && (bot === self.bot || !hearBots))) {
      return undefined;
    }
    if (user !== undefined) {
      return directory.user(user);
    }
    return isBot ? { id: bot, name: username ?? bot } : undefined;
  }

  private namesBot({ text }: SlackMessage): boolean {
    return mentionedIn(text ?? '').includes(this.parts.self.user);
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
}

function blockOf(file: SlackFile): Extract<Block, { type: 'file' | 'image' | 'video' }> {
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
