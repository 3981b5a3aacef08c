import { onTestFinished } from 'vitest';
import type { WebSocket } from 'ws';
import {
  API_PATH,
  SlackStandIn,
  type SlackAnswer,
  type SlackButton,
  type SlackCall
} from '../../src/bot/fixtures';
import { HttpHost } from '../../src/bot/server';

export const BOT_TOKEN = 'xoxb-1234-made-for-this-test';
export const APP_TOKEN = 'xapp-1-made-for-this-test';

/** What goes wrong with a call. */
interface Trouble {
  status?: number;
  retryAfter?: number;
  error?: string;
}

/** The simulated Slack of the workshop, with an eye on every call and a hand to make calls fail. */
export class SlackServer extends SlackStandIn {
  readonly calls: SlackCall[] = [];
  readonly uploads: string[] = [];
  connections = 0;

  /** What goes wrong next, by the method that it goes wrong with. */
  readonly troubles = new Map<string, Trouble[]>();
  private waiting: (() => void)[] = [];
  private port = 0;

  private constructor() {
    super(
      { bot: BOT_TOKEN, app: APP_TOKEN },
      {
        self: { user_id: 'UBOT', bot_id: 'BBOT' },
        users: { U1: 'Ann', U2: 'Ben' },
        channels: [
          { id: 'C1', name: 'general' },
          { id: 'C2', name: 'ops' },
          { id: 'C3', name: 'random' }
        ],
        now: Date.now
      }
    );
    this.called.on(({ method, parameters, ok }) => {
      this.calls.push({ method: ok ? method : `${method} refused`, parameters });
      this.wake();
    });
    this.uploaded.on(content => void this.uploads.push(content));
    this.linked.on(isLinked => {
      this.connections += isLinked ? 1 : 0;
      this.wake();
    });
  }

  static async start(): Promise<SlackServer> {
    const server = new SlackServer();
    const host = new HttpHost();
    server.mount(host);
    server.port = await host.listen('127.0.0.1', 0);
    onTestFinished(() => host.close());
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}${API_PATH}`;
  }

  /** The connection to the bot. */
  get current(): WebSocket {
    return this.link!;
  }

  /** The next answer of a method is this one. */
  trouble(method: string, answer: Trouble): void {
    this.troubles.set(method, [...(this.troubles.get(method) ?? []), answer]);
  }

  /** Someone presses a button of what the bot posted, as it was when it was posted. */
  async pressLabel({ parameters }: SlackCall, label: string, user = 'U1'): Promise<void> {
    const blocks = parameters.blocks as { type: string; elements?: SlackButton[] }[];
    const button = blocks
      .flatMap(({ type, elements }) => (type === 'actions' ? elements! : []))
      .find(({ text }) => text.text === label)!;
    const place = { channel: String(parameters.channel), ts: String(parameters.ts) };
    await this.press(place, button, user);
  }

  /** The calls of a method. */
  of(method: string): SlackCall['parameters'][] {
    return this.calls.flatMap(call => (call.method === method ? [call.parameters] : []));
  }

  /** The first call of a method that satisfies the condition, when it is there. */
  async next(
    method: string,
    condition: (parameters: SlackCall['parameters']) => boolean = () => true
  ): Promise<SlackCall> {
    const find = (): SlackCall | undefined =>
      this.calls.find(call => call.method === method && condition(call.parameters));
    await this.until(() => find() !== undefined);
    return find()!;
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>(resolve => this.waiting.push(resolve));
    }
  }

  protected override answer(call: SlackCall, token: string | undefined, host: string): SlackAnswer {
    const trouble = this.troubles.get(call.method)?.shift();
    if (!trouble) {
      return super.answer(call, token, host);
    }
    const { status, retryAfter, error } = trouble;
    return {
      ...(status !== undefined && { status }),
      ...(retryAfter !== undefined && { headers: { 'retry-after': String(retryAfter) } }),
      body: error === undefined ? { ok: true } : { ok: false, error }
    };
  }

  private wake(): void {
    const { waiting } = this;
    this.waiting = [];
    waiting.forEach(resolve => resolve());
  }
}
