import type { BotStatus, Calls, ChatOptions, Shown } from '../thread';
import type { CallTable } from './calls';
import { cellStorage } from './cell-context';
import { displaySymbol } from './mime-bundle';

/** What `chat` resolves to, as cells use it. */
export interface ChatReply {
  /** What was said. */
  text: string;
  room: string;
  user: string;
  /** The texts of the bot's answers, in order. */
  replies: string[];
  /** The answers in full. */
  messages: object[];
  /** What became of the message: the outcome, the skill that won, its score. */
  handled: object;
  /** The message's place in the bot's journal, for `why(seq)`. */
  seq: number;
}

/** What the kernel puts into cells to talk with the workspace's bot. */
export interface BotGlobals {
  chat: (text: string, options?: ChatOptions) => Promise<ChatReply>;
  why: (message: number | string, options?: { room?: string }) => Promise<object>;
  bot: BotObject;
  startFixture: (name: string) => Promise<{ url: string }>;
}

/** What cells call as `bot`. */
export interface BotObject {
  /** What the bot is called; empty before {@link start}. */
  readonly name: string;
  /** The folder it works in; empty before {@link start}. */
  readonly workspace: string;
  /** Makes sure that the bot runs, and says where and with which skills. */
  start(): Promise<object>;
  /** The skills that are live. */
  skills(): Promise<object>;
  /** Loads skills again from their files: all, or those that are named. */
  reload(...skills: string[]): Promise<object>;
  /** The last lines of the bot's log. */
  logs(lines?: number): Promise<string[]>;
}

/** Makes the names by which cells talk with the bot. */
export function createBotGlobals(calls: CallTable): BotGlobals {
  let status: BotStatus['value'] | undefined;

  /** A call whose answer shows itself when it is the cell's last value. */
  const ask = async <K extends keyof Calls>(
    method: K,
    ...values: Calls[K]['arguments']
  ): Promise<object> => withLooks((await calls.call(method, ...values)) as Shown<object>);

  /** A call that has shown its answer already. */
  const act = async <K extends keyof Calls>(
    method: K,
    ...values: Calls[K]['arguments']
  ): Promise<object> => {
    const context = cellStorage.getStore();
    const value = await ask(method, ...values);
    context?.shown.add(value);
    return value;
  };

  const bot: BotObject = {
    get name() {
      return status?.name ?? '';
    },
    get workspace() {
      return status?.workspace ?? '';
    },
    start: async () => {
      const found = (await act('start')) as BotStatus['value'];
      status = found;
      return found;
    },
    skills: () => ask('skills'),
    reload: (...skills) => act('reload', skills.length > 0 ? skills : undefined),
    logs: lines => ask('logs', lines) as Promise<string[]>
  };
  return {
    bot,
    chat: (text, options = {}) =>
      act('chat', String(text), { ...options }) as Promise<unknown> as Promise<ChatReply>,
    why: (message, { room } = {}) =>
      ask('why', typeof message === 'number' ? message : String(message), room),
    startFixture: name => act('startFixture', String(name)) as Promise<{ url: string }>
  };
}

function withLooks<T extends object>({ value, bundle }: Shown<T>): T {
  return Object.defineProperty(value, displaySymbol, { value: () => bundle });
}
