import { inspect } from 'node:util';
import type { ChatOpsError, LogLine } from '../../protocol';
import { cellStorage, type CellContext } from '../session/cell-context';
import type { LiveHandlersParts } from './live-handlers';
import type { LiveOrder } from './live-message';
import type { AskHost, RegisteredMatcher } from './skill-types';

/** One call of a handler, from the bot's order to its end. */
export class LiveRun {
  private readonly controller = new AbortController();
  private readonly asked = new Set<Promise<unknown>>();

  constructor(
    private readonly parts: LiveHandlersParts,
    private readonly context: CellContext,
    private readonly order: LiveOrder & { kind: 'run' },
    private readonly matcher: RegisteredMatcher
  ) {}

  /**
   * Calls the handler. What it prints lands below its cell.
   *
   * @returns what a webhook answers, or what a question was answered with.
   */
  start(): Promise<unknown> {
    const { context } = this;
    return cellStorage.run(context, () => context.interruptible(this.call()));
  }

  /** The bot does not wait for it any more. */
  stop(reason: string): void {
    this.controller.abort(new Error(reason));
  }

  /** @returns the error that it ends with. */
  interrupt(): ChatOpsError {
    this.context.interrupt();
    this.controller.abort(this.context.interrupted);
    return this.context.interrupted!;
  }

  private async call(): Promise<unknown> {
    const { SkillBot, SkillMessage, callHandler, toEntities, toWebhookAnswer } =
      this.parts.module();
    const { invocation, question } = this.order;
    const message = new SkillMessage(invocation, {
      ask: this.ask,
      signal: this.controller.signal
    });
    if (question) {
      const { confirm, roles } = this.matcher.functions;
      const { captures, spans, entities = {} } = invocation;
      const asked = question.about === 'confirm' ? confirm : roles?.[question.role];
      const answer = await asked?.(toEntities(captures, spans.length, entities), message);
      return typeof answer === 'string' || typeof answer === 'boolean' ? answer : undefined;
    }
    const about = this.parts.bot();
    const bot = new SkillBot({ ...about, log: this.log(), ask: this.ask });
    const config = Object.freeze({ name: this.context.label });
    const value = await callHandler(this.matcher.handler, bot, config, message);
    // A handler that forgot an `await` has still said what it said before it counts as ended.
    await Promise.allSettled(this.asked);
    return this.matcher.record.kind === 'webhook' ? toWebhookAnswer(value) : undefined;
  }

  private readonly ask: AskHost = (request => {
    const answer = this.parts.ask(this.order.run, request);
    this.asked.add(answer);
    const forget = (): unknown => this.asked.delete(answer);
    answer.then(forget, forget);
    return answer;
  }) as AskHost;

  private log() {
    const line =
      (level: LogLine['level']) =>
      (...values: unknown[]): void => {
        const text = values
          .map(value => (typeof value === 'string' ? value : inspect(value)))
          .join(' ');
        this.parts.report({
          kind: 'log',
          run: this.order.run,
          line: { time: Date.now(), level, text }
        });
      };
    return {
      debug: line('debug'),
      info: line('info'),
      warn: line('warning'),
      error: line('error')
    };
  }
}
