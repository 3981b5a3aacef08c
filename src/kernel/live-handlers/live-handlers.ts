import { ChatOpsError, chatOpsError, reasonOf, type ErrorRecord } from '../../protocol';
import { adopted } from '../session/adopted-error';
import { CellContext, cellStorage } from '../session/cell-context';
import type { LiveDeclaration, LiveOrder, LiveReport } from './live-message';
import { LiveRun } from './live-run';
import type { AskHost, MatchedSkill, RegisteredMatcher, SkillModule } from './skill-types';

/** What the handlers of a session are made with. */
export interface LiveHandlersParts {
  /** The module `chatops`; loaded when it is first needed. */
  module: () => SkillModule;
  /** Tells the bot which handlers a cell has; resolves when they are live. */
  put: (declaration: LiveDeclaration) => Promise<object>;
  /** Tells the bot that cells have none any more. */
  remove: (owners: readonly string[]) => void;
  /** Asks the bot for something, within a run. */
  ask: (run: number, ...values: Parameters<AskHost>) => Promise<unknown>;
  /** Tells the bot how a run goes on. */
  report: (report: LiveReport) => void;
  /** Shows below the running cell what a handler threw. */
  fail: (error: unknown) => void;
  /** What the bot is called and where it works. */
  bot: () => { name: string; version: string; workspace: string };
}

/** The handlers of one cell. */
interface CellHandlers {
  /** The execution that declared them. */
  cell: number;
  count: number;
  matched: MatchedSkill[];
  matchers: RegisteredMatcher[];
}

/**
 * The handlers that cells have declared with `bot.hear` and its like. They live in the session and see its
 * variables; each belongs to its cell, and is replaced when that runs again.
 */
export class LiveHandlers {
  private readonly cells = new Map<string, CellHandlers>();
  private readonly runs = new Map<number, LiveRun>();
  /** The handlers behind what declaring them returned, so that matchers can be put around each other. */
  private readonly declared = new WeakMap<object, MatchedSkill>();

  constructor(private readonly parts: LiveHandlersParts) {}

  /**
   * Declares a handler for the running cell.
   *
   * @param name - the method of `bot` that was called, such as `matchParse`.
   * @param values - what it was called with: those of the function of that name in `chatops`.
   * @returns what is shown once it is live.
   * @throws ChatOpsError `CHATOPS_LIVE_NO_CELL`, or what the matcher itself throws.
   */
  declare(name: string, values: readonly unknown[]): Promise<object> {
    const context = cellStorage.getStore();
    if (!context?.owner) {
      throw chatOpsError('CHATOPS_LIVE_NO_CELL', { name });
    }
    const handlers = this.handlersOf(context.owner, context);
    const inner = this.declared.get(values.at(-1) as object);
    const matched = this.matched(name, inner ? [...values.slice(0, -1), inner] : values);
    handlers.matched = [...handlers.matched.filter(other => other !== inner), matched];
    this.register(handlers);
    const live = this.parts.put({
      owner: context.owner,
      count: context.count,
      matchers: handlers.matchers.map(({ record }) => record)
    });
    this.declared.set(live, matched);
    return live;
  }

  /** A cell ran to its end: what it declared in an earlier run and not in this one is gone. */
  finished({ owner, id }: CellContext): void {
    const handlers = owner === undefined ? undefined : this.cells.get(owner);
    if (handlers && handlers.cell !== id) {
      this.cells.delete(owner!);
      this.parts.remove([owner!]);
    }
  }

  /** Does what the bot asks for. */
  take(order: LiveOrder): void {
    switch (order.kind) {
      case 'run':
        void this.run(order);
        break;
      case 'stop':
        this.runs.get(order.run)?.stop(order.reason);
        this.runs.delete(order.run);
        break;
      case 'gone':
        order.owners.forEach(owner => this.cells.delete(owner));
    }
  }

  /** Ends what runs: someone has pressed the stop button. */
  interrupt(): void {
    for (const [run, live] of this.runs) {
      const error = live.interrupt();
      this.end({ kind: 'end', run, error: error.record });
    }
  }

  private handlersOf(owner: string, { id, count }: CellContext): CellHandlers {
    const known = this.cells.get(owner);
    if (known?.cell === id) {
      return known;
    }
    const fresh = { cell: id, count, matched: [], matchers: [] };
    this.cells.set(owner, fresh);
    return fresh;
  }

  private matched(name: string, values: readonly unknown[]): MatchedSkill {
    const module = this.parts.module().chatops as unknown as Record<string, unknown>;
    const method = name === 'hear' ? heard(values[0]) : name;
    return (module[method] as (...values: readonly unknown[]) => MatchedSkill)(...values);
  }

  private register(handlers: CellHandlers): void {
    const { registerMatchers } = this.parts.module();
    const names = new Set<string>();
    handlers.matchers = handlers.matched.flatMap(matched => {
      const given = matched.handler.name || 'handler';
      let name = given;
      for (let number = 2; names.has(name); number++) {
        name = `${given}${number}`;
      }
      names.add(name);
      return registerMatchers(matched, name);
    });
  }

  private async run(order: LiveOrder & { kind: 'run' }): Promise<void> {
    const { run, owner, invocation } = order;
    const handlers = this.cells.get(owner);
    const matcher = handlers?.matchers.find(({ record }) => record.id === invocation.matcher);
    if (!handlers || !matcher) {
      const { record } = chatOpsError('CHATOPS_LIVE_GONE', { name: owner });
      this.parts.report({ kind: 'end', run, error: record });
      return;
    }
    const { cell, count } = handlers;
    // A context of its own: an interrupt of one run must not end those that come later.
    const context = new CellContext({ cell, count, allowStdin: false, owner });
    context.finished = true;
    const live = new LiveRun(this.parts, context, order, matcher);
    this.runs.set(run, live);
    try {
      this.end({ kind: 'end', run, value: await live.start() });
    } catch (error) {
      if (this.runs.has(run)) {
        cellStorage.run(context, () => this.parts.fail(error));
        this.end({ kind: 'end', run, error: failure(error, `cell ${count}`) });
      }
    }
  }

  private end(report: LiveReport & { kind: 'end' }): void {
    if (this.runs.delete(report.run)) {
      this.parts.report(report);
    }
  }
}

/** `bot.hear` takes a regular expression, or a format such as `deploy {service}`. */
function heard(pattern: unknown): string {
  return typeof pattern === 'string' ? 'matchParse' : 'matchRegex';
}

function failure(thrown: unknown, name: string): ErrorRecord {
  const error = adopted(thrown);
  return error instanceof ChatOpsError
    ? error.record
    : chatOpsError('CHATOPS_SKILL_FAILED', { name, reason: reasonOf(error) }).record;
}
