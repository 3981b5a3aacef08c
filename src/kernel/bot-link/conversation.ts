import {
  ChatOpsError,
  NOTEBOOK_ROOM,
  type BotConnection,
  type ChatMessage,
  type Handled,
  type PendingMessage,
  type ServerFrame
} from '../../protocol';
import type { ChatOptions } from '../thread';
import { checkFrame, failureIn, unlessAborted, type BotLink } from './bot-link';

/** Something said to the bot, and what came of it so far. */
export interface Exchange {
  text: string;
  room: string;
  /** Who said it. */
  user: string;
  /** What the bot is called. */
  bot: string;
  /** The message's place in the bot's journal, once the bot has taken it. */
  seq: number | undefined;
  /** What the bot answered, in order. */
  replies: ChatMessage[];
  /** How it ended, once it has. */
  handled: Handled | undefined;
}

/**
 * Says something to the bot and follows what comes of it to its end.
 *
 * @param onChange - called whenever there is more to show.
 * @throws ChatOpsError when the bot does not take the message, is gone for good, or the cell is
 * interrupted.
 */
export async function converse(
  link: BotLink,
  text: string,
  { room = NOTEBOOK_ROOM, user }: ChatOptions,
  signal: AbortSignal | undefined,
  onChange: (exchange: Exchange) => void
): Promise<Exchange> {
  const speaker = user === undefined ? undefined : { name: user };
  await checkFrame({ type: 'say', id: 'check', room, text, ...(speaker && { user: speaker }) });
  const connection = await link.connected(signal);
  await unlessAborted(connection.follow(room), signal);
  const { bot, user: self } = connection.ready!;
  const exchange: Exchange = {
    text,
    room,
    user: user ?? self.name,
    bot: bot.name,
    seq: undefined,
    replies: [],
    handled: undefined
  };
  const listening = new ExchangeListener(connection, exchange, onChange);
  try {
    const message = connection.say(room, text, speaker);
    onChange(exchange);
    await unlessAborted(listening.follow(link, message), signal);
  } finally {
    listening.stop();
  }
  return exchange;
}

/** Picks what belongs to one exchange out of what the bot sends. */
class ExchangeListener {
  private readonly stops: (() => void)[] = [];
  /** Answers can only be told from others once the message's number is known. */
  private readonly heard: ChatMessage[] = [];
  private id = '';
  /** The last message of the room when the connection last came back. */
  private replayUntil = 0;
  private settle: { resolve: () => void; reject: (error: unknown) => void } | undefined;

  constructor(
    private readonly connection: BotConnection,
    private readonly exchange: Exchange,
    private readonly onChange: (exchange: Exchange) => void
  ) {}

  follow(link: BotLink, message: PendingMessage): Promise<void> {
    this.id = message.id;
    return new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
      this.stops.push(
        this.connection.outbox.changed.on(changed => this.delivered(changed)),
        this.connection.stateChanged.on(state => {
          const failure = failureIn(this.connection, state);
          if (failure) {
            reject(failure);
          }
        }),
        link.received.on(frame => this.take(frame))
      );
    });
  }

  stop(): void {
    this.stops.forEach(stop => stop());
    if (this.exchange.seq === undefined) {
      this.connection.outbox.discard(this.id);
    }
  }

  private delivered({ id, state, seq, error }: PendingMessage): void {
    if (id === this.id && state === 'failed') {
      this.settle!.reject(new ChatOpsError(error!));
    } else if (id === this.id && seq !== undefined) {
      this.number(seq);
    }
  }

  private take(frame: ServerFrame): void {
    if (frame.type === 'ready') {
      this.replayUntil = frame.rooms.find(({ room }) => room === this.exchange.room)?.last ?? 0;
    } else if (frame.type === 'message' && frame.message.room === this.exchange.room) {
      this.hear(frame.message);
    } else if (frame.type === 'handled' && frame.seq === this.exchange.seq) {
      this.exchange.handled = frame.handled;
      this.settle!.resolve();
    }
  }

  private hear(message: ChatMessage): void {
    if (message.id === this.id) {
      this.exchange.user = message.user.name;
      // Told again after a lost connection: what it came to may be known by now.
      this.exchange.handled ??= message.handled;
      this.number(message.seq);
    }
    this.heard.push(message);
    this.collect();
    if (this.exchange.handled && message.seq >= this.replayUntil) {
      this.settle!.resolve();
    }
  }

  private number(seq: number): void {
    this.exchange.seq = seq;
    this.collect();
  }

  private collect(): void {
    const { seq, replies } = this.exchange;
    const answers = this.heard.filter(message => seq !== undefined && message.answers === seq);
    if (answers.length > replies.length) {
      this.exchange.replies = answers;
      this.onChange(this.exchange);
    }
  }
}
