import * as z from 'zod';
import type {
  Capabilities,
  Clock,
  Connector,
  Delays,
  Incoming,
  Journal,
  Place
} from '../../../engine';
import {
  ChatOpsError,
  chatOpsError,
  type ChatEvent,
  type ChatMessage,
  type MessagePatch
} from '../../../protocol';
import type { PartLog } from '../../logging';
import type { ConnectorSettings } from '../connector-settings';
import { MessageBook } from './message-book';
import { isPassing, SlackApi, SlackRefusal } from './slack-api';
import { slackBlockTypes } from './slack-blocks';
import { SlackDirectory } from './slack-directory';
import type { SlackOptions } from './slack-options';
import { SlackReader } from './slack-reader';
import { performable, SlackWriter } from './slack-writer';
import { SocketMode, type SlackEnvelope } from './socket-mode';

const NAME = 'slack';

/** Where the bot speaks when the configuration does not say, as in opsdroid. */
const DEFAULT_ROOM = '#general';

/** How long a message that is still being written waits for its next change, in milliseconds. */
const STREAM_INTERVAL = 1000;

const whoSchema = z.looseObject({ user_id: z.string(), bot_id: z.string().optional() });
const openSchema = z.looseObject({ url: z.url({ protocol: /^wss?$/ }) });

/** What the connector needs around it. */
export interface SlackParts {
  clock: Clock;
  /** A number from 0 up to and without 1. */
  random: () => number;
  journal: Pick<Journal, 'get' | 'find'>;
  log: Pick<PartLog, 'info' | 'warning'>;
  /** What the bot is called in Slack, where that differs from the name of the app. */
  username: string | undefined;
  receive(message: Incoming): Promise<unknown>;
}

/** A change of a message that waits for its turn. */
interface Streamed {
  message: ChatMessage;
  patch: MessagePatch;
}

/** A workspace of Slack: its Web API to speak, Socket Mode to listen. */
export class SlackConnector implements Connector {
  readonly name = NAME;
  /** Channels belong to people; what the bot says of itself is in the panel and in the log. */
  readonly noticeRooms: readonly string[] = [];
  /** Slack's accounts say who people are. */
  readonly identifies = true;
  readonly can: Capabilities = {
    blocks: new Set(slackBlockTypes),
    events: new Set(Object.keys(performable))
  };
  readonly delays: Delays | undefined;

  private readonly room: string;
  private readonly ending = new AbortController();
  private readonly book: MessageBook;
  private directory: SlackDirectory | undefined;
  private writer: SlackWriter | undefined;
  private socket: SocketMode | undefined;
  private refreshing: unknown;
  /** What is on its way to each room, so that messages arrive in their order. */
  private readonly lines = new Map<string, Promise<void>>();
  private readonly streamed = new Map<number, Streamed>();

  constructor(
    { defaultRoom = DEFAULT_ROOM, delays }: ConnectorSettings,
    private readonly options: SlackOptions,
    private readonly parts: SlackParts
  ) {
    this.room = defaultRoom;
    this.delays = delays;
    this.book = new MessageBook(NAME, parts.journal);
  }

  get defaultRoom(): string {
    return this.lookupRoom(this.room) ?? this.room;
  }

  /** @throws ChatOpsError `CHATOPS_CONFIG_INVALID` without its tokens, `CHATOPS_CONNECTOR_FAILED`, or `CHATOPS_CONNECTOR_UNREACHABLE` for what passes. */
  async connect(): Promise<void> {
    const { 'bot-token': botToken = this.options.token, 'app-token': appToken } = this.options;
    const bot = this.api(botToken, 'bot-token');
    const app = this.api(appToken, 'app-token');
    try {
      await this.begin(bot, app);
    } catch (error) {
      await this.disconnect();
      const { message: reason } = error as Error;
      const code = isPassing(error) ? 'CHATOPS_CONNECTOR_UNREACHABLE' : 'CHATOPS_CONNECTOR_FAILED';
      throw chatOpsError(code, { name: NAME, reason });
    }
  }

  async disconnect(): Promise<void> {
    this.parts.clock.clearTimeout(this.refreshing);
    this.socket?.stop();
    this.ending.abort();
  }

  deliver(message: ChatMessage): Promise<void> {
    return this.inLine(message.room, () => this.writer!.deliver(message));
  }

  /** Changes of a message that is still being written are not waited for: Slack takes one a second. */
  async update(message: ChatMessage, patch: MessagePatch): Promise<void> {
    const { seq, room, streaming, blocks = [] } = message;
    const isGrowing =
      streaming || blocks.some(each => each.type === 'progress' && each.state === 'running');
    if (!isGrowing) {
      this.streamed.delete(seq);
      await this.inLine(room, () => this.writer!.update(message, patch));
      return;
    }
    const isAwaited = this.streamed.has(seq);
    this.streamed.set(seq, { message, patch });
    if (!isAwaited) {
      this.parts.clock.setTimeout(() => void this.writeStreamed(seq, room), STREAM_INTERVAL);
    }
  }

  perform(event: ChatEvent, place: Place): Promise<void> {
    return this.inLine(place.room, () => this.writer!.perform(event, place));
  }

  lookupRoom(name: string): string | undefined {
    return this.directory?.idOf(name);
  }

  private async begin(bot: SlackApi, app: SlackApi): Promise<void> {
    const { options, parts, book } = this;
    const { clock, random, log, username } = parts;
    const self = await bot.call('auth.test', {}, whoSchema);
    const directory = new SlackDirectory(bot, options['channel-limit'], log);
    this.directory = directory;
    await directory.refresh();
    this.writer = new SlackWriter({
      api: bot,
      book,
      self: { user: self.user_id },
      appearance: { username, icon_emoji: options['icon-emoji'] },
      startThread: options['start-thread'],
      log
    });
    const reader = new SlackReader({
      connector: NAME,
      self: { user: self.user_id, bot: self.bot_id },
      hearBots: options['hear-bots'],
      directory,
      book
    });
    this.socket = new SocketMode({
      address: async () => (await app.call('apps.connections.open', {}, openSchema)).url,
      take: envelope => this.take(reader, envelope),
      clock,
      random,
      log
    });
    await this.socket.start();
    this.refreshLater();
  }

  private refreshLater(): void {
    this.refreshing = this.parts.clock.setTimeout(() => {
      void this.directory?.refresh().finally(() => {
        if (!this.ending.signal.aborted) {
          this.refreshLater();
        }
      });
    }, this.options['refresh-interval'] * 1000);
  }

  /** False for what a room that has too much to do did not take: Slack brings it again. */
  private async take(reader: SlackReader, envelope: SlackEnvelope): Promise<boolean> {
    try {
      for (const incoming of await reader.read(envelope)) {
        await this.parts.receive(incoming);
      }
    } catch (error) {
      this.parts.log.warning(`an event was not taken: ${(error as Error).message}`);
      return !(error instanceof ChatOpsError && error.code === 'CHATOPS_ROOM_BUSY');
    }
    return true;
  }

  private async writeStreamed(seq: number, room: string): Promise<void> {
    await this.inLine(room, async () => {
      const latest = this.streamed.get(seq);
      this.streamed.delete(seq);
      if (latest && !this.ending.signal.aborted) {
        await this.writer!.update(latest.message, latest.patch);
      }
    }).catch(() => undefined);
  }

  /** Does something once all that was begun before in the same room is done. */
  private async inLine(room: string, work: () => Promise<void>): Promise<void> {
    const before = this.lines.get(room) ?? Promise.resolve();
    const done = before.then(work);
    const settled = done.catch(() => undefined);
    this.lines.set(room, settled);
    try {
      await done;
    } catch (error) {
      if (error instanceof SlackRefusal) {
        this.parts.log.warning(error.message);
      }
      throw chatOpsError('CHATOPS_CONNECTOR_SEND', { name: NAME }, { cause: error });
    } finally {
      if (this.lines.get(room) === settled) {
        this.lines.delete(room);
      }
    }
  }

  private api(token: string | undefined, key: string): SlackApi {
    if (token === undefined) {
      throw chatOpsError('CHATOPS_CONFIG_INVALID', { key: `${NAME}.${key}`, reason: 'is missing' });
    }
    const { clock } = this.parts;
    return new SlackApi({
      url: this.options['api-url'],
      token,
      key,
      clock,
      signal: this.ending.signal
    });
  }
}
