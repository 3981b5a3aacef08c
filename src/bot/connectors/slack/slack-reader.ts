import type { Incoming } from '../../../engine';
import { emojiOf } from './slack-emoji';
import { SlackMessageReader } from './slack-message-reader';
import {
  callbackSchema,
  channelSchema,
  memberSchema,
  pinSchema,
  reactionSchema
} from './slack-payload';
import { SlackPressReader } from './slack-press-reader';
import { about, type SlackRead, type SlackSurroundings } from './slack-surroundings';
import type { SlackEnvelope } from './socket-mode';

/**
 * What Slack sends, as events of the bot. What a platform brings twice has the same id twice, so
 * that the journal knows it.
 *
 * Source: https://docs.slack.dev/reference/events
 */
export class SlackReader {
  private readonly messages: SlackMessageReader;
  private readonly presses: SlackPressReader;

  constructor(private readonly parts: SlackSurroundings) {
    this.messages = new SlackMessageReader(parts);
    this.presses = new SlackPressReader(parts);
  }

  /** The events of an envelope; none for what the bot did itself, or does not know. */
  async read({ type, payload }: SlackEnvelope): Promise<Incoming[]> {
    const { connector } = this.parts;
    const read =
      type === 'events_api'
        ? [await this.callback(payload)]
        : type === 'interactive'
          ? await this.presses.read(payload)
          : [];
    return read.flatMap(event => (event ? [{ ...event, connector }] : []));
  }

  private async callback(payload: unknown): Promise<SlackRead> {
    const { data } = callbackSchema.safeParse(payload);
    if (!data) {
      return undefined;
    }
    const { event_id: id, event } = data;
    switch (event.type) {
      case 'message':
      case 'app_mention':
        return this.messages.read(id, event);
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

  private async reaction(id: string, event: { type: string }): Promise<SlackRead> {
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
      event: about(this.parts, 'Reaction', [channel, ts], { emoji, active })
    };
  }

  private async member(id: string, event: { type: string }): Promise<SlackRead> {
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

  private async pin(id: string, event: { type: string }): Promise<SlackRead> {
    const { data } = pinSchema.safeParse(event);
    const ts = data?.item.message?.ts;
    if (!data || ts === undefined || this.isSelf(data.user)) {
      return undefined;
    }
    const type = event.type === 'pin_added' ? 'PinMessage' : 'UnpinMessage';
    const user = await this.parts.directory.user(data.user);
    const { channel_id: channel } = data;
    return { id, room: channel, user, text: '', event: about(this.parts, type, [channel, ts]) };
  }

  private async channel(id: string, event: { type: string }): Promise<SlackRead> {
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

  private isSelf(user: string): boolean {
    return user === this.parts.self.user;
  }
}
