import { WebSocket } from 'ws';
import { WebsocketConnector, websocketSchema } from '../../../src/bot/connectors/websocket';
import { HttpHost } from '../../../src/bot/server';
import type { Place } from '../../../src/engine';
import { EngineHarness } from '../../support/engine';
import { HandClock } from '../../support/hand-clock';
import { echo, matcher, respond, skill } from '../../support/skills';
import type { Case, Facts, Finding, Observed } from '../case';
import { isSame } from '../compare';
import { Stage } from '../stage';

const PATH = '/connector/websocket';

/** Speaks to the websocket connector as opsdroid's clients do. */
export function playWebsocket(given: Case): Promise<Finding | undefined> {
  if (given.area !== 'websocket') {
    return Promise.resolve(undefined);
  }
  return Stage.play(async stage => {
    const scene = await WebsocketScene.open(stage, given.given);
    const observed = await scene.play(given);
    return (
      observed && {
        observed,
        ...(given.successor !== undefined && { expected: successorOf(given) })
      }
    );
  });
}

function successorOf({ successor, expect }: Case): Facts {
  const rules: readonly (readonly [RegExp, Facts])[] = [
    [/originating socket/, { reply_received_by: 'B' }],
    [/random ids/, { 'random ids': true, 'foreign pages': 403 }],
    [/plain text/, { socket: 'open', reply: true }],
    [/expire/, { status: 200 }],
    [/ignore user/, { heard: [] }]
  ];
  return rules.find(([about]) => about.test(successor!))?.[1] ?? { ...expect, 'a rule': successor };
}

class Client {
  readonly frames: string[] = [];
  closed: [number, string] | undefined;

  private constructor(readonly socket: WebSocket) {
    socket.on('message', data => this.frames.push(String(data)));
    socket.on('close', (code, reason) => (this.closed = [code, String(reason)]));
  }

  static async open(url: string, headers: Record<string, string> = {}): Promise<Client | number> {
    const socket = new WebSocket(url, { headers });
    return new Promise((resolve, reject) => {
      const client = new Client(socket);
      socket.once('open', () => resolve(client));
      socket.once('unexpected-response', (_, response) => {
        resolve(response.statusCode ?? 0);
        response.resume();
      });
      socket.once('error', error => reject(error));
    });
  }

  /** Waits until something holds. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise(resolve => setTimeout(resolve, 1));
    }
  }
}

class WebsocketScene {
  private constructor(
    private readonly stage: Stage,
    private readonly clock: HandClock,
    private readonly harness: EngineHarness,
    private readonly connector: WebsocketConnector,
    private readonly port: number,
    private readonly heard: string[]
  ) {}

  static async open(stage: Stage, given: Facts): Promise<WebsocketScene> {
    const clock = new HandClock();
    const heard: string[] = [];
    let release: () => void = () => undefined;
    const harness = new EngineHarness(
      [
        skill('slow', [matcher(/^slow$/)], async (invocation, context) => {
          await new Promise<void>(resolve => (release = resolve));
          await respond(invocation, context, 'slow done');
        }),
        skill('echo', [matcher(/./s)], (invocation, context) => {
          heard.push(invocation.message.text);
          return echo('heard')(invocation, context);
        })
      ],
      { clock }
    );
    clock.setTimeout(() => release(), 2000);
    const web = new HttpHost();
    const options = websocketSchema.parse({
      ...given.config,
      ...('max-connections' in given && { 'max-connections': given['max-connections'] }),
      ...('connection-timeout' in given && { 'connection-timeout': given['connection-timeout'] })
    });
    const connector = new WebsocketConnector({}, options, {
      web,
      clock,
      receive: message => harness.engine.receive(message)
    });
    await connector.connect();
    harness.engine.addConnector(connector);
    harness.engine.speaker.prefer(connector.name);
    const port = await web.listen('127.0.0.1', 0);
    stage.onEnd(() => web.close());
    return new WebsocketScene(stage, clock, harness, connector, port, heard);
  }

  async play({ given, input }: Case): Promise<Observed | undefined> {
    const asksForSocket = Object.keys(input).find(key => /^(POST|OPTIONS|GET)$/.test(key));
    if (asksForSocket) {
      return this.request(asksForSocket, input);
    }
    if ('GET upgrade' in input) {
      return this.upgrade(given, input);
    }
    if (Object.keys(input).some(key => /^POST x\d+/.test(key))) {
      return this.exhaust(input);
    }
    if ('respond' in input) {
      return this.say(given, input.respond);
    }
    if ('server stops' in input) {
      const client = await this.connect();
      await this.connector.disconnect();
      await client.until(() => client.closed !== undefined);
      const [code, reason] = client.closed!;
      return { close: { code, reason } };
    }
    return this.converse(given, input);
  }

  private async request(method: string, input: Facts): Promise<Observed> {
    const response = await this.ask(method, input.Authorization);
    const text = await response.text();
    return {
      status: response.status,
      body: (expected: unknown) =>
        typeof expected === 'object' && expected !== null && 'socket' in expected
          ? typeof (json(text) as Facts | undefined)?.socket === 'string'
          : isSame(expected, json(text)),
      socket: typeof (json(text) as Facts | undefined)?.socket === 'string',
      text
    };
  }

  private async upgrade(given: Facts, input: Facts): Promise<Observed> {
    const asked = String(given['pending socket id'] ?? '');
    const isKnown = asked !== '' || String(input['GET upgrade']).includes('valid');
    const [, seconds = '0'] = /(\d+) s/.exec(asked) ?? [];
    const { socket: id } = isKnown ? await this.offer(given) : { socket: 'unknown' };
    const { socket: other } = await this.offer(given);
    await this.clock.advance(Number(seconds) * 1000);
    const foreign = await this.open(other, { origin: 'https://elsewhere.example' });
    const opened = await this.open(id);
    return {
      status: typeof opened === 'number' ? opened : 101,
      'random ids': id !== other && /^[\da-f]{8}-[\da-f]{4}-4/.test(id),
      'foreign pages': typeof foreign === 'number' ? foreign : 101
    };
  }

  private async exhaust(input: Facts): Promise<Observed> {
    const [key = ''] = Object.keys(input);
    const [, count = '10'] = /x(\d+)/.exec(key) ?? [];
    for (let i = 0; i < Number(count); i++) {
      await this.ask('POST');
    }
    if (key.includes('wait')) {
      await this.clock.advance(61_000);
    }
    const response = await this.ask('POST');
    return { status: response.status, body: json(await response.text()) };
  }

  /** The bot says something of itself: to a socket that is known, to none, or to one that is not there. */
  private async say({ target }: Facts, text: string): Promise<Observed> {
    const client = await this.connect();
    const room = /known/.test(String(target)) ? [...this.rooms()][0] : target;
    const place: Partial<Place> =
      room === null || room === undefined ? {} : { connector: 'websocket', room };
    await this.harness.engine.serve('case', { method: 'say', place, content: { text } });
    await this.round(client);
    return {
      // What was meant for somebody else is in no frame, and nobody is disturbed.
      frame: (words: string) => words.startsWith(client.frames[0] ?? '\0'),
      frames: client.frames,
      log: () => client.closed === undefined
    };
  }

  private async converse(given: Facts, input: Facts): Promise<Observed | undefined> {
    const [first, client] = [
      given.clients ? await this.connect() : undefined,
      await this.connect()
    ];
    if (Array.isArray(input.frames)) {
      input.frames.forEach(frame => client.socket.send(frame));
      await client.until(() => this.harness.engine.registry.considered > 0);
      await this.settle();
      const before = [...client.frames];
      await this.clock.advance(2000);
      await client.until(() => client.frames.length === input.frames.length);
      return {
        // The first keeps the second waiting, and is answered first.
        order: (wanted: readonly string[]) =>
          wanted[0]?.startsWith(`${String(input.frames[0])} done`) === true &&
          before.length === 0 &&
          client.frames[0] === 'slow done'
      };
    }
    const [frame] = Object.values(input).filter(value => typeof value === 'string') as string[];
    if (frame === undefined) {
      return undefined;
    }
    client.socket.send(/plain text/.test(frame) ? 'hello' : frame);
    await this.settle();
    await this.round(client);
    return {
      socket: client.closed === undefined ? 'open' : 'dropped',
      reply: client.frames.length > 0,
      heard: this.heard,
      frames: client.frames,
      frame: client.frames[0],
      reply_received_by: client.frames.length > 0 ? 'B' : first?.frames.length ? 'A' : undefined
    };
  }

  private ask(method: string, authorization?: string | null): Promise<Response> {
    return fetch(`http://127.0.0.1:${this.port}${PATH}`, {
      method,
      headers: authorization ? { authorization } : {}
    });
  }

  private async offer({ config }: Facts): Promise<{ socket: string }> {
    const response = await this.ask('POST', config?.token);
    return (await response.json()) as { socket: string };
  }

  private async connect(): Promise<Client> {
    const client = await this.open((await this.offer({})).socket);
    return client as Client;
  }

  private async open(id: string, headers?: Record<string, string>): Promise<Client | number> {
    const client = await Client.open(`ws://127.0.0.1:${this.port}${PATH}/${id}`, headers);
    if (typeof client !== 'number') {
      this.stage.onEnd(() => client.socket.terminate());
    }
    return client;
  }

  private rooms(): Iterable<string> {
    return [this.connector.defaultRoom!];
  }

  /** Everything that was sent before has arrived when the answer to this has. */
  private async round(client: Client): Promise<void> {
    await new Promise(resolve => {
      client.socket.once('pong', resolve);
      client.socket.ping();
    });
  }

  private async settle(): Promise<void> {
    for (let i = 0; i < 20; i++) {
      await new Promise(resolve => setTimeout(resolve, 2));
    }
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
