import { createId, NOTEBOOK_ROOM } from '../../protocol';
import type { LiveLink } from '../live-handlers';
import type { Calls, MarkedFromSession, OutputMessage, Shown } from '../thread';
import {
  changesBundle,
  conversationBundle,
  fixtureBundle,
  liveBundle,
  logBundle,
  skillsBundle,
  startedBundle,
  traceBundle
} from '../views';
import type { BotLink } from './bot-link';
import { converse, type Exchange } from './conversation';
import { Fixtures } from './fixtures';

/** How long an answer may take before the conversation is shown without it, in milliseconds. */
const SHOW_AFTER = 150;

/** Where services show things. */
export interface ServiceOutlet {
  /** Shows something below a cell. */
  output(cell: number, message: OutputMessage): void;
  /** Fires when a cell is interrupted; nothing for a cell that does not run any more. */
  signalOf(cell: number): AbortSignal | undefined;
}

/** A call of a cell. */
type Call = Pick<MarkedFromSession & { type: 'call' }, 'cell' | 'method' | 'arguments'>;

/** What a service is told about who calls it. */
interface Caller {
  cell: number;
  signal: AbortSignal | undefined;
}

type Services = {
  [K in keyof Calls]: (
    caller: Caller,
    ...values: Calls[K]['arguments']
  ) => Promise<Calls[K]['result']>;
};

/** Does what cells ask for with `chat`, `bot`, `why` and `startFixture`. */
export class BotServices {
  private readonly fixtures: Fixtures;

  constructor(
    private readonly link: BotLink,
    private readonly outlet: ServiceOutlet,
    private readonly live: LiveLink
  ) {
    this.fixtures = new Fixtures(link.program);
  }

  /**
   * Answers a call.
   *
   * @throws ChatOpsError what the bot answers, or what keeps it from starting.
   */
  async call({ cell, method, arguments: values }: Call): Promise<unknown> {
    const service = this.services[method] as (caller: Caller, ...values: unknown[]) => unknown;
    return service({ cell, signal: this.outlet.signalOf(cell) }, ...values);
  }

  /** Ends what was started. */
  close(): void {
    this.fixtures.close();
  }

  private readonly services: Services = {
    chat: async ({ cell, signal }, text, options) => {
      const live = new LiveConversation(cell, this.outlet);
      try {
        const exchange = await converse(this.link, text, options, signal, changed =>
          live.changed(changed)
        );
        live.end(exchange);
        return { value: exchangeValue(exchange), bundle: conversationBundle(exchange) };
      } finally {
        live.stop();
      }
    },
    start: async ({ cell, signal }) => {
      const ready = await this.link.ready(signal);
      const { name, version } = ready.bot;
      return this.show(cell, {
        value: { name, version, workspace: ready.workspace },
        bundle: startedBundle({ ...ready, skills: [...this.link.skills] }, this.link.pid)
      });
    },
    state: async ({ signal }) => {
      const ready = await this.link.ready(signal);
      const { bot, workspace, user, warnings } = ready;
      const skills = [...this.link.skills];
      const live = skills.filter(({ state }) => state === 'live').map(({ name }) => name);
      const failed = skills.filter(({ state }) => state === 'error').map(({ name }) => name);
      return {
        value: {
          ...bot,
          workspace,
          process: this.link.pid,
          user: user.name,
          live,
          failed,
          warnings
        },
        bundle: startedBundle({ ...ready, skills }, this.link.pid)
      };
    },
    livePut: async ({ signal }, declaration) => {
      const { name, change } = await this.live.put(declaration, signal);
      const { bot, workspace } = await this.link.ready(signal);
      return {
        value: { skill: name, bot: { ...bot, workspace } },
        bundle: liveBundle(name, declaration.matchers, change.warnings)
      };
    },
    liveRemove: (_, owners) => this.live.remove(owners),
    liveAsk: ({ signal }, question) => this.live.ask(question, signal),
    skills: async ({ signal }) => {
      await this.link.connected(signal);
      const value = [...this.link.skills];
      return { value, bundle: skillsBundle(value) };
    },
    reload: async ({ cell, signal }, skills) => {
      const { changes } = await this.link.request<'skill.reload'>(
        { type: 'skill.reload', ...(skills && { skills }) },
        signal
      );
      return this.show(cell, { value: changes, bundle: changesBundle('Reloaded', changes) });
    },
    logs: async ({ signal }, lines) => {
      const reply = await this.link.request<'logs'>(
        { type: 'logs', ...(lines && { lines }) },
        signal
      );
      return { value: reply.lines, bundle: logBundle(reply.lines) };
    },
    why: async ({ signal }, message, room = NOTEBOOK_ROOM) => {
      const { trace } = await (typeof message === 'number'
        ? this.link.request<'trace'>({ type: 'trace', seq: message }, signal)
        : this.link.request<'explain'>({ type: 'explain', room, text: message }, signal));
      return { value: trace, bundle: traceBundle(trace) };
    },
    startFixture: async ({ cell }, name) => {
      const url = await this.fixtures.start(name);
      return this.show(cell, { value: { url }, bundle: fixtureBundle(name, url) });
    }
  };

  private show<T>(cell: number, shown: Shown<T>): Shown<T> {
    this.outlet.output(cell, {
      type: 'display_data',
      content: { data: shown.bundle, metadata: {}, transient: {} }
    });
    return shown;
  }
}

/** Shows a conversation once it is over, or as it grows when it takes its time. */
class LiveConversation {
  private readonly id = createId();
  private readonly timer: NodeJS.Timeout;
  private latest: Exchange | undefined;
  private isShown = false;
  private isSlow = false;

  constructor(
    private readonly cell: number,
    private readonly outlet: ServiceOutlet
  ) {
    this.timer = setTimeout(() => {
      this.isSlow = true;
      this.show();
    }, SHOW_AFTER);
  }

  changed(exchange: Exchange): void {
    this.latest = exchange;
    if (this.isSlow) {
      this.show();
    }
  }

  end(exchange: Exchange): void {
    this.latest = exchange;
    this.show();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private show(): void {
    if (this.latest) {
      this.outlet.output(this.cell, {
        type: this.isShown ? 'update_display_data' : 'display_data',
        content: {
          data: conversationBundle(this.latest),
          metadata: {},
          transient: { display_id: this.id }
        }
      });
      this.isShown = true;
    }
  }
}

function exchangeValue(exchange: Exchange): Record<string, unknown> {
  const { text, room, user, seq, replies, handled } = exchange;
  return {
    text,
    room,
    user,
    seq,
    replies: replies.map(reply => reply.text),
    messages: replies,
    handled
  };
}
