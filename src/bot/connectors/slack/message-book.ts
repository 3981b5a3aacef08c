import type { Journal } from '../../../engine';
import type { ChatMessage } from '../../../protocol';

/** Where a message is in Slack: a channel, and the time stamps of its posts. */
export interface SlackPlace {
  channel: string;
  posts: string[];
}

/** How many of the bot's own messages are remembered by their place. */
const MOST = 10_000;

/**
 * Which message of the journal is which in Slack. What people say carries its place in its id; the
 * bot's own messages are remembered as long as the process lasts.
 */
export class MessageBook {
  private readonly places = new Map<number, SlackPlace>();
  private readonly numbers = new Map<string, number>();

  constructor(
    private readonly connector: string,
    private readonly journal: Pick<Journal, 'get' | 'find'>
  ) {}

  /** The id of what was said at a place. */
  static idOf(channel: string, ts: string): string {
    return `${channel}:${ts}`;
  }

  note(seq: number, place: SlackPlace): void {
    this.places.set(seq, place);
    place.posts.forEach(ts => this.numbers.set(MessageBook.idOf(place.channel, ts), seq));
    for (const [oldest, { channel, posts }] of this.places) {
      if (this.places.size <= MOST) {
        break;
      }
      this.places.delete(oldest);
      posts.forEach(ts => this.numbers.delete(MessageBook.idOf(channel, ts)));
    }
  }

  /** The `seq` of what was said at a place, if it is still known. */
  seqOf(channel: string, ts: string): number | undefined {
    const id = MessageBook.idOf(channel, ts);
    return this.numbers.get(id) ?? this.journal.find(this.connector, id)?.seq;
  }

  /** Where a message is, if that is known. */
  placeOf(seq: number): SlackPlace | undefined {
    const message = this.message(seq);
    const [, channel, ts] = /^([A-Z0-9]+):(\d+\.\d+)$/.exec(message?.id ?? '') ?? [];
    return this.places.get(seq) ?? (channel && ts ? { channel, posts: [ts] } : undefined);
  }

  /** A message of this connector. */
  message(seq: number): ChatMessage | undefined {
    const message = this.journal.get(seq);
    return message?.connector === this.connector ? message : undefined;
  }
}
