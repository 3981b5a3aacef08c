import {
  BotConnection,
  type ChatMessage,
  type ClientFrame,
  type ConnectionOptions,
  type ServerFrame,
  type ServerFrameOf,
  type SkillChange,
  type SkillRecord,
  type Socket
} from '../../src/protocol';
import { HandClock, settle } from './hand-clock';

/** One websocket to a bot that a test plays. */
export class PlayedSocket implements Socket {
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: never) => void) | null = null;
  onerror: ((event: never) => void) | null = null;
  onclose: ((event: never) => void) | null = null;
  readonly sent: ClientFrame[] = [];
  private readonly openListeners: (() => void)[] = [];

  constructor(readonly url = '') {}

  /** Browsers' sockets have it, and one listener of ours uses it. */
  addEventListener(_type: 'open', listener: () => void): void {
    this.openListeners.push(listener);
  }

  send(data: string): void {
    this.sent.push(JSON.parse(data) as ClientFrame);
  }

  close(): void {
    this.onclose = null;
  }

  accept(): void {
    this.openListeners.forEach(listener => listener());
    (this.onopen as (() => void) | null)?.();
  }

  say(...frames: ServerFrame[]): void {
    for (const frame of frames) {
      (this.onmessage as ((event: { data: string }) => void) | null)?.({
        data: JSON.stringify(frame)
      });
    }
  }

  drop(code = 1006): void {
    (this.onclose as ((event: { code: number }) => void) | null)?.({ code });
  }

  ofType<T extends ClientFrame['type']>(type: T): Extract<ClientFrame, { type: T }>[] {
    return this.sent.filter(frame => frame.type === type) as Extract<ClientFrame, { type: T }>[];
  }
}

/** A connection to a bot that a test plays, and the bot's end of it. */
export class PlayedBot {
  readonly clock = new HandClock();
  readonly sockets: PlayedSocket[] = [];
  readonly connection: BotConnection;

  constructor(options: Partial<ConnectionOptions> = {}) {
    this.connection = new BotConnection({
      open: () => {
        const socket = new PlayedSocket();
        this.sockets.push(socket);
        return socket;
      },
      hello: () => ({ client: { name: 'test', version: '0' } }),
      rooms: ['general'],
      timers: this.clock.asTimers,
      now: this.clock.now,
      random: () => 0.5,
      ...options
    });
  }

  /** The newest socket. */
  get socket(): PlayedSocket {
    return this.sockets.at(-1)!;
  }

  /** Takes the connection that is asked for. */
  async welcome(ready: Partial<ServerFrameOf<'ready'>> = {}): Promise<PlayedSocket> {
    this.connection.connect();
    await settle();
    this.socket.accept();
    this.socket.say({ ...readyFrame, ...ready });
    return this.socket;
  }

  /** Loses the connection, and lets the first attempt to get it back begin. */
  async lose(): Promise<void> {
    this.socket.drop();
    await this.clock.advance(0);
  }
}

/** The first frame of a bot that has nothing to tell. */
export const readyFrame: ServerFrameOf<'ready'> = {
  type: 'ready',
  protocol: 1,
  bot: { name: 'marvin', version: '0' },
  workspace: '/w',
  user: { id: 'ann', name: 'Ann' },
  journal: 'j1',
  rooms: [{ room: 'general', last: 0 }],
  generation: 1,
  skills: [],
  warnings: []
};

/** The first frame of a bot whose room has messages up to a number. */
export function readyWith(last: number): Partial<ServerFrameOf<'ready'>> {
  return { rooms: [{ room: 'general', last }] };
}

/** A message of the bot, or of someone else when it says so. */
export function chatMessage(seq: number, more: Partial<ChatMessage> = {}): ChatMessage {
  return {
    seq,
    id: `m${seq}`,
    room: 'general',
    connector: 'panel',
    user: { id: 'bot', name: 'marvin', bot: true },
    text: `text ${seq}`,
    time: seq * 1000,
    ...more
  };
}

/** The same as a frame. */
export function messageFrame(seq: number, more: Partial<ChatMessage> = {}): ServerFrame {
  return { type: 'message', message: chatMessage(seq, more) };
}

/** A skill that answers. */
export function skillRecord(name: string, more: Partial<SkillRecord> = {}): SkillRecord {
  return { name, state: 'live', version: 1, source: { kind: 'path' }, matchers: [], ...more };
}

/** What happened to a skill. */
export function skillChange(skill: string, more: Partial<SkillChange> = {}): SkillChange {
  return {
    skill,
    kind: 'changed',
    version: 2,
    added: [],
    removed: [],
    changed: [],
    warnings: [],
    duration: 1,
    ...more
  };
}
