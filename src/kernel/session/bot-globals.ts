import type { Bot, CellGlobals, ChatReply } from '../cell-api';
import { LiveHandlers } from '../live-handlers/live-handlers';
import type { LiveQuestion, LiveReport } from '../live-handlers/live-message';
import { liveMethods } from '../live-handlers/methods';
import type { AskHost, SkillBot, SkillModule } from '../live-handlers/skill-types';
import type { BotStatus, Calls, LiveState, Shown } from '../thread';
import type { CallTable } from './calls';
import { cellStorage } from './cell-context';
import { displaySymbol } from './mime-bundle';

/** What the kernel puts into cells to talk with the workspace's bot. */
export type BotGlobals = Pick<CellGlobals, 'chat' | 'why' | 'bot' | 'startFixture'>;

/** What the names by which cells talk with the bot are made with. */
export interface BotGlobalsParts {
  calls: CallTable;
  /** The module `chatops`; loaded when a cell first answers the chat. */
  module: () => SkillModule;
  report: (report: LiveReport) => void;
  /** Shows below the running cell what a handler threw. */
  fail: (error: unknown) => void;
}

/** Makes the names by which cells talk with the bot, and the handlers by which they answer for it. */
export function createBotGlobals({ calls, module, report, fail }: BotGlobalsParts): {
  globals: BotGlobals;
  live: LiveHandlers;
} {
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

  const about = (): BotStatus['value'] => status ?? { name: '', version: '', workspace: '' };
  const ask = (run: number | undefined, request: LiveQuestion['request']): Promise<unknown> =>
    calls.call('liveAsk', { run, request });
  const live = new LiveHandlers({
    module,
    report,
    fail,
    bot: about,
    ask,
    put: declaration => {
      const answer = call('livePut', [declaration]) as Promise<LiveState>;
      answer.then(
        state => (status = state.bot),
        () => undefined
      );
      return answer;
    },
    remove: owners => void calls.call('liveRemove', owners).catch(() => undefined)
  });
  /** Speaks for the notebook outside of any handler. */
  const speaker = (): Pick<SkillBot, 'memory' | 'send' | 'fire'> =>
    new (module().SkillBot)({
      ...about(),
      log: console,
      ask: (request => ask(undefined, request)) as AskHost
    });

  const bot: Bot = {
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
    state: () => call('state', []),
    skills: () => call('skills', []),
    reload: (...skills) => call('reload', [skills.length > 0 ? skills : undefined], act),
    logs: lines => call('logs', [lines]) as Promise<string[]>
  };
  const own = {
    hear: (...values: unknown[]) => live.declare('hear', values),
    ...Object.fromEntries(
      liveMethods.map(name => [name, (...values: unknown[]) => live.declare(name, values)])
    ),
    send: (...values: Parameters<SkillBot['send']>) => speaker().send(...values),
    fire: (...values: Parameters<SkillBot['fire']>) => speaker().fire(...values)
  };
  Object.defineProperties(bot, Object.getOwnPropertyDescriptors(own));
  Object.defineProperty(bot, 'memory', { get: () => speaker().memory, enumerable: true });
  const globals: BotGlobals = {
    bot,
    chat: (text, options = {}) =>
      call('chat', [String(text), { ...options }], act) as Promise<unknown> as Promise<ChatReply>,
    why: (message, { room } = {}) =>
      call('why', [typeof message === 'number' ? message : String(message), room]),
    startFixture: name => call('startFixture', [String(name)], act) as Promise<{ url: string }>
  };
  return { globals, live };
}

function withLooks<T extends object>({ value, bundle }: Shown<T>): T {
  return Object.defineProperty(value, displaySymbol, { value: () => bundle });
}
