import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { WebSocket } from 'ws';
import { BotConnection, PROTOCOL_PATH, type Socket } from '../../src/protocol';

const program = path.resolve(import.meta.dirname, '../../dist/chatops.cjs');

/** The bot of a workspace as another program on this machine meets it. */
export class Bot {
  private constructor(
    readonly pid: number,
    private readonly socket: string
  ) {}

  /** The bot that runs for a workspace; it is started if there is none. */
  static of(workspace: string): Bot {
    const answer = execFileSync(process.execPath, [program, 'ensure', '--workspace', workspace]);
    const { pid, socket } = JSON.parse(String(answer)) as { pid: number; socket: string };
    return new Bot(pid, socket);
  }

  /** Ends the bot's process as a crash would. */
  kill(): void {
    process.kill(this.pid, 'SIGKILL');
  }

  /** Says things in the room of the panel, as someone else. Resolves when all are delivered. */
  async say(texts: readonly string[], name = 'bob'): Promise<void> {
    const connection = this.connect();
    connection.connect();
    await connection.whenReady();
    await new Promise<void>((resolve, reject) => {
      connection.outbox.changed.on(({ state, error }) => {
        if (state === 'failed') {
          reject(new Error(error?.message));
        } else if (connection.outbox.messages.length === 0) {
          resolve();
        }
      });
      texts.forEach(text => connection.say('general', text, { user: { name } }));
    });
    connection.close();
  }

  private connect(): BotConnection {
    return new BotConnection({
      open: () => new WebSocket(`ws+unix:${this.socket}:${PROTOCOL_PATH}`) as unknown as Socket,
      hello: () => ({ client: { name: 'test', version: '0' } }),
      rooms: []
    });
  }
}
