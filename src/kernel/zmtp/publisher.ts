import { Listener, type Endpoint } from './listener';
import { Peer } from './peer';

/** A subscriber that read nothing for so long, in milliseconds, while much waits for it, is cut off. */
const STALLED_AFTER = 30_000;

/** How many bytes may wait for one subscriber before it counts as slow. */
const HIGH_WATER = 8 * 1024 * 1024;

/** How often slow subscribers are looked at, in milliseconds. */
const LOOK_INTERVAL = 5;

/** What a publisher knows of one subscriber. */
interface Subscriber {
  /** Each topic it wants, with how many times it asked. */
  topics: Map<string, number>;
  /** What had been sent when last looked at, and when that last grew. */
  sent: number;
  grownAt: number;
}

/**
 * An XPUB socket: every message goes to all who subscribed to the start of its first part, and
 * new subscriptions are told.
 */
export class Publisher {
  private readonly subscribers = new Map<Peer, Subscriber>();

  private readonly listener = new Listener(socket => {
    void new Peer(socket, 'XPUB', {
      ready: peer =>
        this.subscribers.set(peer, { topics: new Map(), sent: 0, grownAt: performance.now() }),
      message: (peer, [first]) => {
        if (first && first.length > 0 && first[0]! <= 1) {
          this.subscribe(peer, first.toString('latin1', 1), first[0] === 1);
        }
      },
      // ZMTP 3.1 has commands for the same.
      command: (peer, name, data) => {
        if (name === 'SUBSCRIBE' || name === 'CANCEL') {
          this.subscribe(peer, data.toString('latin1'), name === 'SUBSCRIBE');
        }
      },
      closed: peer => this.subscribers.delete(peer)
    });
  });

  /**
   * @param onSubscribe - called with the topic of each new subscription and a way to send to this
   * subscriber alone.
   */
  constructor(
    private readonly onSubscribe: (
      topic: string,
      send: (parts: readonly Uint8Array[]) => void
    ) => void
  ) {}

  bind(endpoint: Endpoint): Promise<void> {
    return this.listener.bind(endpoint);
  }

  get port(): number | undefined {
    return this.listener.port;
  }

  /**
   * Sends a message to all who want its topic, the first part.
   *
   * @param hurried - false for a message that may wait a few milliseconds for others to go with.
   */
  send(parts: readonly Uint8Array[], hurried = true): void {
    const topic = Buffer.from(parts[0] ?? []).toString('latin1');
    for (const [peer, { topics }] of this.subscribers) {
      for (const wanted of topics.keys()) {
        if (topic.startsWith(wanted)) {
          peer.send(parts, hurried);
          break;
        }
      }
    }
  }

  /** True when no subscriber is far behind. */
  get fluent(): boolean {
    for (const peer of this.subscribers.keys()) {
      if (peer.backlog > HIGH_WATER) {
        return false;
      }
    }
    return true;
  }

  /**
   * Resolves when no subscriber is far behind any more. One that does not read at all is cut off
   * after a while, so that nobody can hold up the kernel; it may connect again.
   */
  async whenFluent(): Promise<void> {
    while (!this.fluent) {
      await new Promise(resolve => setTimeout(resolve, LOOK_INTERVAL));
      const now = performance.now();
      for (const [peer, subscriber] of this.subscribers) {
        if (peer.bytesSent !== subscriber.sent || peer.backlog <= HIGH_WATER) {
          subscriber.sent = peer.bytesSent;
          subscriber.grownAt = now;
        } else if (now - subscriber.grownAt > STALLED_AFTER) {
          peer.close();
          this.subscribers.delete(peer);
        }
      }
    }
  }

  close(): void {
    this.listener.close();
  }

  private subscribe(peer: Peer, topic: string, wanted: boolean): void {
    const topics = this.subscribers.get(peer)?.topics;
    if (!topics) {
      return;
    }
    const count = (topics.get(topic) ?? 0) + (wanted ? 1 : -1);
    if (count > 0) {
      topics.set(topic, count);
    } else {
      topics.delete(topic);
    }
    if (wanted && count === 1) {
      this.onSubscribe(topic, parts => peer.send(parts));
    }
  }
}
