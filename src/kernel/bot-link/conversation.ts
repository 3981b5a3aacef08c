import {
  ChatOpsError,
  NOTEBOOK_ROOM,
  type BotConnection,
  type ChatMessage,
  type Handled,
  type PendingMessage,
  type ServerFrame
} from '../../protocol';
import type { ChatOptions } from '../cell-api';
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
    const message = connection.say(room, text, speaker && { user: speaker });
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
  /** True once the connection was lost and came back: news may have been missed. */
  private hasReturned = false;
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
          link.hurry();
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
      this.hasReturned = true;
      void this.catchUp();
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
      this.number(message.seq);
    }
    this.heard.push(message);
    this.collect();
  }

  private number(seq: number): void {
    const isNew = this.exchange.seq === undefined;
    this.exchange.seq = seq;
    this.collect();
    if (isNew && this.hasReturned) {
      void this.catchUp();
    }
  }

  /** Asks what became of the message: the frame that said so may have gone with the old connection. */
  private async catchUp(): Promise<void> {
    const { seq, room } = this.exchange;
    if (seq === undefined) {
      return;
    }
    try {
      const { messages } = await this.connection.request<'history'>({
        type: 'history',
        room,
        before: seq + 1,
        limit: 1
      });
      const handled = messages.find(message => message.seq === seq)?.handled;
      if (handled) {
        // Answers missed meanwhile were told again before this answer.
        this.exchange.handled = handled;
        this.settle!.resolve();
      }
    } catch {
      // Lost once more; the next return asks again.
    }
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
