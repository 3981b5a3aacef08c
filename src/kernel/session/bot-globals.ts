import type { Bot, CellGlobals, ChatReply } from '../cell-api';
import type { BotStatus, Calls, Shown } from '../thread';
import type { CallTable } from './calls';
import { cellStorage } from './cell-context';
import { displaySymbol } from './mime-bundle';

/** What the kernel puts into cells to talk with the workspace's bot. */
export type BotGlobals = Pick<CellGlobals, 'chat' | 'why' | 'bot' | 'startFixture'>;

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
