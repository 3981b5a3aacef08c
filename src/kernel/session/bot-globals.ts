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

  /** A call; its answer shows itself when it is the cell's last value, unless the call did so already. */
  const call = <K extends keyof Calls>(
    method: K,
    values: Calls[K]['arguments'],
    { shows = false } = {}
  ): Promise<object> => {
    const context = cellStorage.getStore();
    const answer = calls.call(method, ...values).then(shown => {
      const value = withLooks(shown as Shown<object>);
      if (shows) {
        context?.shown.add(value);
      }
      return value;
    });
    context?.promised.add(answer);
    return answer;
  };
  const act = { shows: true };

  const bot: BotObject = {
    get name() {
      return status?.name ?? '';
    },
    get workspace() {
      return status?.workspace ?? '';
    },
    start: () => {
      const started = call('start', [], act);
      void started.then(
        found => (status = found as BotStatus['value']),
        () => undefined
      );
      return started;
    },
    skills: () => call('skills', []),
    reload: (...skills) => call('reload', [skills.length > 0 ? skills : undefined], act),
    logs: lines => call('logs', [lines]) as Promise<string[]>
  };
  return {
    bot,
    chat: (text, options = {}) =>
      call('chat', [String(text), { ...options }], act) as Promise<unknown> as Promise<ChatReply>,
    why: (message, { room } = {}) =>
      call('why', [typeof message === 'number' ? message : String(message), room]),
    startFixture: name => call('startFixture', [String(name)], act) as Promise<{ url: string }>
  };
}

function withLooks<T extends object>({ value, bundle }: Shown<T>): T {
  return Object.defineProperty(value, displaySymbol, { value: () => bundle });
}
