import { WebSocket } from 'ws';
import { BotConnection, PROTOCOL_PATH, type ServerFrame, type Socket } from '../../protocol';
import { SHELL_ROOM, type Terminal } from '../connectors/shell';
import { websocketUrl, type Endpoint } from '../server';
import { version } from './program';

/** A terminal that talks to a bot which runs in another process. Resolves when the person leaves. */
export function joinBot(endpoint: Endpoint, terminal: Terminal): Promise<void> {
  const connection = new BotConnection({
    open: () => new WebSocket(websocketUrl(endpoint, PROTOCOL_PATH)) as unknown as Socket,
    hello: () => ({
      client: { name: 'terminal', version },
      ...(endpoint.token !== undefined && { token: endpoint.token })
    }),
    rooms: [SHELL_ROOM]
  });
  return new Promise(resolve => new JoinedTerminal(connection, terminal, resolve).open());
}

/** What goes back and forth between a terminal and a connection. */
class JoinedTerminal {
  /** What was said and is not handled yet. */
  private readonly unhandled = new Set<number>();
  private began = Infinity;
  private leaving = false;

  constructor(
    private readonly connection: BotConnection,
    private readonly terminal: Terminal,
    private readonly onLeave: () => void
  ) {}

  open(): void {
    this.connection.received.on(frame => this.take(frame));
    this.connection.outbox.changed.on(({ state, seq, error }) => {
      if (state === 'delivered') {
        this.unhandled.add(seq!);
      } else if (state === 'failed') {
        this.terminal.show(error?.message ?? 'The bot did not take it.');
      }
      this.leaveWhenDone();
    });
    this.connection.stateChanged.on(state => {
      if (state === 'waiting') {
        this.terminal.show('The connection to the bot is lost; it is tried again.');
      } else if (state === 'stopped' || state === 'refused') {
        this.terminal.show(this.connection.error?.message ?? 'The bot has stopped.');
        this.leave();
      }
    });
    this.connection.connect();
    void this.connection.whenReady().then(({ rooms }) => {
      this.began = rooms[0]?.last ?? 0;
    });
    this.terminal.open(
      line => this.connection.say(SHELL_ROOM, line),
      () => {
        this.leaving = true;
        this.leaveWhenDone();
      }
    );
  }

  private take(frame: ServerFrame): void {
    switch (frame.type) {
      case 'message': {
        const { seq, user, text } = frame.message;
        // What was said before this terminal came is not repeated to it.
        if (user.bot && seq > this.began) {
          this.terminal.show(text);
        }
        break;
      }
      case 'handled':
        this.unhandled.delete(frame.seq);
        this.leaveWhenDone();
        break;
      case 'clear':
        this.terminal.clear();
        break;
      default:
        break;
    }
  }

  private leaveWhenDone(): void {
    if (this.leaving && this.unhandled.size === 0 && this.connection.outbox.messages.length === 0) {
      this.leave();
    }
  }

  private leave(): void {
    this.connection.close();
    this.terminal.close();
    this.onLeave();
  }
}
