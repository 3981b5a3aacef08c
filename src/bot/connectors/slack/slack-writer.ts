import { extname } from 'node:path';
import * as z from 'zod';
import type { Place } from '../../../engine';
import type { ChatEvent, ChatMessage, MessagePatch } from '../../../protocol';
import type { PartLog } from '../../logging';
import type { MessageBook, SlackPlace } from './message-book';
import { SlackRefusal, type SlackApi, type SlackParameters } from './slack-api';
import { postsOf, uploadsOf, type Upload } from './slack-blocks';
import { emojiName } from './slack-emoji';
import { THREAD_ENTITY } from './slack-surroundings';

const anything = z.looseObject({});
const posted = z.looseObject({ channel: z.string(), ts: z.string() });
const offered = z.looseObject({ upload_url: z.url(), file_id: z.string() });
const reacted = z.looseObject({
  message: z
    .looseObject({
      reactions: z.array(z.looseObject({ name: z.string(), users: z.array(z.string()) })).optional()
    })
    .optional()
});

/** What the writer needs around it. */
export interface SlackWriterParts {
  api: SlackApi;
  book: MessageBook;
  /** The bot itself, as a user of Slack and as one of the engine. */
  self: { user: string };
  /** How the bot appears beside what it says, where that differs from what the app is called. */
  appearance: { username?: string | undefined; icon_emoji?: string | undefined };
  startThread: boolean;
  log: Pick<PartLog, 'warning'>;
}

/** Brings to Slack what the bot says and does. Throws {@link SlackRefusal}. */
export class SlackWriter {
  /** The bot's reactions, by the message. */
  private readonly reactions = new Map<number, Set<string>>();

  constructor(private readonly parts: SlackWriterParts) {}

  async deliver(message: ChatMessage): Promise<void> {
    const { book } = this.parts;
    const thread = this.threadFor(message);
    let place: SlackPlace = { channel: message.room, posts: [] };
    // What has no words yet, because it is still being written, is posted with its first ones.
    book.note(message.seq, place);
    for (const post of postsOf(message)) {
      const { channel, ts } = await this.post(message.room, thread, post);
      place = { channel, posts: [...place.posts, ts] };
      book.note(message.seq, place);
    }
    for (const upload of uploadsOf(message)) {
      await this.upload(place.channel, thread, upload);
    }
  }

  async update(message: ChatMessage, patch: MessagePatch): Promise<void> {
    const place = this.parts.book.placeOf(message.seq);
    if (!place) {
      this.parts.log.warning('a message of an earlier run of the bot cannot be changed any more');
      return;
    }
    if (patch.deleted) {
      for (const ts of place.posts) {
        await this.parts.api.call('chat.delete', { channel: place.channel, ts }, anything);
      }
      return;
    }
    if (patch.text !== undefined || patch.blocks !== undefined) {
      await this.rewrite(message, place);
    }
    if (place.posts.length === 0) {
      return;
    }
    if (patch.reactions) {
      await this.react(message.seq, place, patch.reactions);
    }
    if (patch.pinned !== undefined) {
      const method = patch.pinned ? 'pins.add' : 'pins.remove';
      await this.tolerant(method, ['already_pinned', 'no_pin', 'not_pinned'], {
        channel: place.channel,
        timestamp: place.posts[0]
      });
    }
  }

  /** Brings about one of {@link performable}. */
  async perform({ type, data }: ChatEvent, { room }: Place): Promise<void> {
    const action = performable[type]?.(data, room);
    if (action) {
      await this.tolerant(action.method, ['already_in_channel'], action.parameters);
    }
  }

  private post(
    room: string,
    thread: string | undefined,
    post: SlackParameters | object
  ): Promise<z.infer<typeof posted>> {
    return this.parts.api.call(
      'chat.postMessage',
      { channel: room, thread_ts: thread, ...this.parts.appearance, ...post },
      posted
    );
  }

  /** Changes what was posted; what became longer takes more posts, what became shorter fewer. */
  private async rewrite(message: ChatMessage, { channel: room, posts }: SlackPlace): Promise<void> {
    const { api, book } = this.parts;
    let channel = room;
    const now = postsOf(message);
    const kept: string[] = [];
    for (const [i, post] of now.entries()) {
      const ts = posts[i];
      if (ts === undefined) {
        const sent = await this.post(channel, this.threadFor(message), post);
        channel = sent.channel;
        kept.push(sent.ts);
      } else {
        // Without an empty list, blocks that were there would stay.
        await api.call('chat.update', { channel, ts, blocks: [], ...post }, anything);
        kept.push(ts);
      }
      book.note(message.seq, { channel, posts: [...kept, ...posts.slice(kept.length)] });
    }
    for (const ts of posts.slice(now.length)) {
      await api.call('chat.delete', { channel, ts }, anything);
    }
    book.note(message.seq, { channel, posts: kept });
  }

  private async react(
    seq: number,
    { channel, posts }: SlackPlace,
    reactions: NonNullable<MessagePatch['reactions']>
  ): Promise<void> {
    const place = { channel, timestamp: posts[0] };
    const wanted = new Set(
      Object.entries(reactions)
        .filter(([, users]) => users.some(({ bot }) => bot))
        .map(([emoji]) => emojiName(emoji))
    );
    const shown = this.reactions.get(seq) ?? (await this.ownReactions(place));
    for (const name of wanted) {
      if (!shown.has(name)) {
        await this.tolerant('reactions.add', ['already_reacted'], { ...place, name });
      }
    }
    for (const name of shown) {
      if (!wanted.has(name)) {
        await this.tolerant('reactions.remove', ['no_reaction'], { ...place, name });
      }
    }
    this.reactions.set(seq, wanted);
  }

  /** What the bot reacted with before: an earlier process may have. */
  private async ownReactions(place: SlackParameters): Promise<Set<string>> {
    const { api, self } = this.parts;
    const { message } = await api.call('reactions.get', { ...place, full: true }, reacted);
    const own = (message?.reactions ?? []).filter(({ users }) => users.includes(self.user));
    return new Set(own.map(({ name }) => name));
  }

  private async upload(channel: string, thread: string | undefined, file: Upload): Promise<void> {
    const { api } = this.parts;
    const content = Buffer.from(file.data, 'base64');
    const filename = nameOf(file);
    const { upload_url: address, file_id: id } = await api.call(
      'files.getUploadURLExternal',
      { filename, length: content.length },
      offered
    );
    await api.upload(address, content);
    await api.call(
      'files.completeUploadExternal',
      { files: [{ id, title: filename }], channel_id: channel, thread_ts: thread },
      anything
    );
  }

  /** The thread a message goes to, by the time stamp of its first message. */
  private threadFor({ thread, answers }: ChatMessage): string | undefined {
    if (thread !== undefined) {
      return this.rootOf(thread);
    }
    if (answers === undefined) {
      return undefined;
    }
    return this.namedThread(answers) ?? (this.parts.startThread ? this.rootOf(answers) : undefined);
  }

  private rootOf(seq: number): string | undefined {
    const { book } = this.parts;
    const message = book.message(seq);
    const about = message?.event?.target;
    return (
      this.namedThread(seq) ??
      (message?.thread !== undefined && message.thread < seq
        ? this.rootOf(message.thread)
        : undefined) ??
      (book.placeOf(seq) ?? (about === undefined ? undefined : book.placeOf(about)))?.posts[0]
    );
  }

  private namedThread(seq: number): string | undefined {
    const value = this.parts.book.message(seq)?.entities?.[THREAD_ENTITY]?.value;
    return typeof value === 'string' ? value : undefined;
  }

  /** Calls a method; that it was done before is as good as done. */
  private async tolerant(
    method: string,
    codes: readonly string[],
    parameters: SlackParameters
  ): Promise<void> {
    try {
      await this.parts.api.call(method, parameters, anything);
    } catch (error) {
      if (!(error instanceof SlackRefusal && codes.includes(error.code))) {
        throw error;
      }
    }
  }
}

/** The events that can be brought about in Slack, and by which method. */
export const performable: Readonly<
  Record<
    string,
    (data: Record<string, unknown>, room: string) => { method: string; parameters: SlackParameters }
  >
> = {
  NewRoom: ({ name, private: isPrivate }) => ({
    method: 'conversations.create',
    parameters: { name, is_private: isPrivate === true }
  }),
  RoomName: ({ name }, channel) => ({
    method: 'conversations.rename',
    parameters: { channel, name }
  }),
  RoomDescription: ({ description }, channel) => ({
    method: 'conversations.setTopic',
    parameters: { channel, topic: description }
  }),
  JoinRoom: (_, channel) => ({ method: 'conversations.join', parameters: { channel } }),
  LeaveRoom: (_, channel) => ({ method: 'conversations.leave', parameters: { channel } }),
  UserInvite: ({ user }, channel) => ({
    method: 'conversations.invite',
    parameters: { channel, users: user }
  })
};

function nameOf({ type, name, mimetype }: Upload): string {
  const ending = mimetype?.split('/')[1]?.replace(/\+.*$/, '') ?? 'bin';
  return name === undefined
    ? `${type}.${ending}`
    : extname(name) === ''
      ? `${name}.${ending}`
      : name;
}
