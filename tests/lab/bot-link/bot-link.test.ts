// @vitest-environment happy-dom
import { ServerConnection } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { BotLink } from '../../../src/lab/bot-link/bot-link';
import { defaultSettings, type ChatSettingValues } from '../../../src/lab/settings/chat-settings';
import type { IChatSettings } from '../../../src/lab/tokens';
import { MemoryStorage } from '../../support/memory-storage';
import { PlayedSocket, readyFrame, skillRecord } from '../../support/played-bot';

class HandSettings implements IChatSettings {
  values = defaultSettings;
  readonly changed: Signal<IChatSettings, ChatSettingValues> = new Signal<
    IChatSettings,
    ChatSettingValues
  >(this);
  readonly ready = Promise.resolve();

  async set<K extends keyof ChatSettingValues>(key: K, value: ChatSettingValues[K]): Promise<void> {
    this.change({ [key]: value });
  }

  change(values: Partial<ChatSettingValues>): void {
    this.values = { ...this.values, ...values };
    this.changed.emit(this.values);
  }
}

/** A link of a page, and the websockets it has opened. */
function setUp(status: number | Error = 400) {
  const sockets: PlayedSocket[] = [];
  const settings = new HandSettings();
  const link = new BotLink({
    settings,
    serverSettings: ServerConnection.makeSettings({
      baseUrl: 'http://jupyter/base/',
      wsUrl: 'ws://jupyter/base/',
      token: 'secret',
      appendToken: true,
      WebSocket: class extends PlayedSocket {
        constructor(url: string) {
          super(url);
          sockets.push(this);
        }
      } as unknown as typeof WebSocket,
      fetch: async () => {
        if (status instanceof Error) {
          throw status;
        }
        return new Response('', { status });
      }
    }),
    workspace: '/w',
    rooms: ['general'],
    storage: new MemoryStorage()
  });
  onTestFinished(() => link.dispose());
  const socket = async (count: number): Promise<PlayedSocket> => {
    await vi.waitFor(() => expect(sockets.length).toBeGreaterThanOrEqual(count));
    const newest = sockets[count - 1]!;
    await vi.waitFor(() => expect(newest.onopen).not.toBeNull());
    return newest;
  };
  return { link, settings, sockets, socket };
}

beforeEach(() => vi.stubGlobal('CHATOPS_VERSION', '1.2.3'));

describe('the way to the bot', () => {
  test('is opened when it is first asked for, once for all who ask', async () => {
    const { link, sockets, socket } = setUp();
    expect(link.status.state).toBe('idle');
    expect(sockets).toEqual([]);
    const opened = await Promise.all([link.open(), link.open()]);
    expect(opened[0]).toBe(opened[1]);
    const first = await socket(1);
    expect(sockets).toHaveLength(1);
    expect(first.url).toBe('ws://jupyter/base/chatops/connect?token=secret');
    first.accept();
    expect(first.ofType('hello')).toMatchObject([{ client: { name: 'panel', version: '1.2.3' } }]);
    expect(first.ofType('hello')[0]).not.toHaveProperty('user');
  });

  test('tells how the bot is, and which skills are live', async () => {
    const { link, socket } = setUp();
    const states: string[] = [];
    link.statusChanged.connect((_, { state, skills }) => states.push(`${state} ${skills.length}`));
    await link.open();
    const first = await socket(1);
    first.accept();
    first.say({ ...readyFrame, skills: [skillRecord('hello')] });
    first.say({
      type: 'skills',
      generation: 2,
      cause: 'cell',
      changes: [],
      skills: [skillRecord('hello'), skillRecord('bye')]
    });
    expect(states.at(-1)).toBe('connected 2');
    expect(link.status.ready?.bot.name).toBe('marvin');
    first.drop();
    expect(link.status.state).toBe('waiting');
    expect(link.status.retryAt).toBeTypeOf('number');
  });
});

describe('an attempt', () => {
  test('that a person wants has the bot started at once; others wait as long as the relay likes', async () => {
    const { link, socket } = setUp();
    await link.open();
    const first = await socket(1);
    first.accept();
    first.drop();
    (await socket(2)).drop();
    await vi.waitFor(() => expect(link.status.state).toBe('waiting'));
    await link.retry();
    const third = await socket(3);
    expect(third.url).toBe('ws://jupyter/base/chatops/connect?token=secret&start=now');
    // There is nothing to hurry while one is under way.
    await link.retry();
    third.drop();
    for (const count of [2, 4]) {
      expect((await socket(count)).url).not.toContain('start=');
    }
  });
});

describe('a change of the settings', () => {
  test('leads to another bot, which gets nothing of what was said to the first', async () => {
    const { link, settings, socket } = setUp();
    const { connection } = await link.open();
    connection.say('general', 'for the first');
    const replaced = new Promise(resolve => link.replaced.connect((_, now) => resolve(now)));
    settings.change({ serverUrl: 'http://127.0.0.1:9?token=t' });
    expect(await replaced).toBe(link.current);
    expect(connection.state).toBe('closed');
    const other = await socket(2);
    expect(other.url).toBe('ws://127.0.0.1:9/chatops');
    other.accept();
    other.say(readyFrame);
    expect(other.ofType('hello')).toMatchObject([{ token: 't' }]);
    expect(other.ofType('say')).toEqual([]);
  });

  test('of the name is told to the bot', async () => {
    const { link, settings, socket } = setUp();
    await link.open();
    (await socket(1)).accept();
    settings.change({ userName: 'Ann' });
    const second = await socket(2);
    second.accept();
    expect(second.ofType('hello')).toMatchObject([{ user: { name: 'Ann' } }]);
  });

  test('before anyone asked opens nothing', () => {
    const { settings, sockets } = setUp();
    settings.change({ serverUrl: 'ws://127.0.0.1:9', userName: 'Ann' });
    expect(sockets).toEqual([]);
  });

  test('to something that is no address is explained', async () => {
    const { link, settings } = setUp();
    settings.change({ serverUrl: 'localhost' });
    await link.open();
    await vi.waitFor(() => expect(link.status.error?.code).toBe('CHATOPS_SERVER_URL'));
  });
});

describe('a websocket that would not open is explained:', () => {
  test.each<[string, number | Error]>([
    ['CHATOPS_RELAY_MISSING', 404],
    ['CHATOPS_SIGNED_OUT', 403],
    ['CHATOPS_JUPYTER_GONE', new TypeError('Failed to fetch')]
  ])('%s', async (code, status) => {
    const { link, socket } = setUp(status);
    await link.open();
    (await socket(1)).drop();
    await vi.waitFor(() => expect(link.status.error?.code).toBe(code));
  });

  test('nothing to explain where the relay is there, and it is tried again', async () => {
    const { link, socket } = setUp(400);
    await link.open();
    (await socket(1)).drop();
    await socket(2);
    expect(link.status.error).toBeUndefined();
  });
});
