import path from 'node:path';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { Bot, type BotOptions } from '../../src/bot/bot';
import { EndpointPlace, websocketUrl, type Endpoint } from '../../src/bot/server';
import {
  BotConnection,
  PROTOCOL_PATH,
  PROTOCOL_VERSION,
  type ClientFrame,
  type ServerFrame,
  type ServerFrameOf,
  type Socket
} from '../../src/protocol';
import { temporaryFolder } from './temporary-folder';

/** The built programs. */
export const programs = path.resolve('dist');

/** Sockets of bots that tests start lie in a folder of their own. */
export function isolateEndpoints(): void {
  process.env.CHATOPS_RUNTIME_DIR = temporaryFolder();
}

/** A bot in this process, in a workspace with these files. */
export async function startBot(
  files: Record<string, string> = {},
  options: Partial<BotOptions> = {}
): Promise<{ bot: Bot; workspace: string; endpoint: Endpoint }> {
  const workspace = options.workspace ?? temporaryFolder(files);
  const bot = await Bot.start({ programs, version: '1.2.3', ...options, workspace });
  onTestFinished(() => bot.stop('the test is over'));
  return { bot, workspace, endpoint: (await new EndpointPlace(workspace).find())! };
}

/** A raw client: sends frames as they are and remembers what comes back. */
export class RawClient {
  readonly frames: ServerFrame[] = [];
  closeCode: number | undefined;
  private waiting: (() => void)[] = [];
  private readonly listeners: ((frame: ServerFrame) => void)[] = [];

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', data => {
      const frame = JSON.parse(String(data)) as ServerFrame;
      this.frames.push(frame);
      this.listeners.forEach(listener => listener(frame));
      this.wake();
    });
    socket.on('close', code => {
      this.closeCode = code;
      this.wake();
    });
  }

  static async open(
    endpoint: Endpoint,
    {
      headers = {},
      pathname = PROTOCOL_PATH
    }: { headers?: Record<string, string>; pathname?: string } = {}
  ): Promise<RawClient> {
    const socket = new WebSocket(websocketUrl(endpoint, pathname), { headers });
    const client = new RawClient(socket);
    onTestFinished(() => socket.terminate());
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return client;
  }

  /** A client that has said hello and was greeted. */
  static async greeted(
    endpoint: Endpoint,
    hello: Partial<Extract<ClientFrame, { type: 'hello' }>> = {},
    headers: Record<string, string> = {}
  ): Promise<RawClient> {
    const client = await RawClient.open(endpoint, { headers });
    client.send({
      type: 'hello',
      protocol: PROTOCOL_VERSION,
      client: { name: 'test', version: '0' },
      ...hello
    });
    await client.next('ready');
    return client;
  }

  send(frame: ClientFrame | string): void {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  /** The first frame of a type that satisfies the condition, when it is there. */
  async next<T extends ServerFrame['type']>(
    type: T,
    condition: (frame: ServerFrameOf<T>) => boolean = () => true
  ): Promise<ServerFrameOf<T>> {
    for (;;) {
      const found = this.frames.find(
        frame => frame.type === type && condition(frame as ServerFrameOf<T>)
      );
      if (found) {
        return found as ServerFrameOf<T>;
      }
      if (this.closeCode !== undefined) {
        throw new Error(
          `closed with ${this.closeCode} before ${type}: ${JSON.stringify(this.frames)}`
        );
      }
      await this.something();
    }
  }

  /** Tells of every frame as it comes. */
  onFrame(listener: (frame: ServerFrame) => void): void {
    this.listeners.push(listener);
  }

  /** Resolves when a condition holds; looked at after each frame. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await this.something();
    }
  }

  /** Breaks the connection off. */
  terminate(): void {
    this.socket.terminate();
  }

  /** Hangs up. */
  close(): void {
    this.socket.close();
  }

  /** Resolves with the code the connection was closed with. */
  async closed(): Promise<number> {
    while (this.closeCode === undefined) {
      await this.something();
    }
    return this.closeCode;
  }

  /** The first reply to a text, as soon as it is there. */
  async reply(text: string, room = 'general'): Promise<string> {
    const id = `ask-${Math.random()}`;
    this.send({ type: 'say', id, room, text });
    const { seq } = await this.next('ack', frame => frame.re === id);
    return (await this.next('message', ({ message }) => message.answers === seq)).message.text;
  }

  /** What the bot answered to a text, when that has been handled. */
  async ask(text: string, room = 'general'): Promise<string[]> {
    const id = `ask-${Math.random()}`;
    this.send({ type: 'say', id, room, text });
    const { seq } = await this.next('ack', frame => frame.re === id);
    await this.next('handled', frame => frame.seq === seq);
    return this.frames.flatMap(frame =>
      frame.type === 'message' && frame.message.answers === seq ? [frame.message.text] : []
    );
  }

  private wake(): void {
    const waiting = this.waiting;
    this.waiting = [];
    waiting.forEach(resolve => resolve());
  }

  private something(): Promise<void> {
    return new Promise(resolve => this.waiting.push(resolve));
  }
}

/** A client as the panel and the kernel are one, with everything that brings it back. */
export function connectionTo(open: () => Promise<Endpoint>): BotConnection {
  const connection = new BotConnection({
    open: async () => new WebSocket(websocketUrl(await open(), PROTOCOL_PATH)) as unknown as Socket,
    hello: () => ({ client: { name: 'test', version: '0' } }),
    rooms: ['general']
  });
  onTestFinished(() => connection.close());
  return connection;
}
