import type { BotLink } from '../bot-link';
import type { ServerFrame, ServerFrameOf } from '../../protocol';
import type { LiveDeclaration, LiveOrder, LiveQuestion, LiveReport } from './live-message';

/** What a live handler is called where no notebook has a name. */
const NAMELESS = 'notebook';

/**
 * The worker's side of the handlers in cells: tells the bot of them, again when the bot comes back, and
 * brings what the bot asks for to the session.
 */
export class LiveLink {
  private readonly declarations = new Map<string, LiveDeclaration>();
  private listening = false;

  /**
   * @param notebook - what people call the notebook.
   * @param order - hands an order to the session.
   */
  constructor(
    private readonly bot: BotLink,
    private readonly notebook: string,
    private readonly order: (order: LiveOrder) => void
  ) {}

  /**
   * Makes the handlers of a cell live.
   *
   * @returns the skill they are, as the bot has it.
   * @throws ChatOpsError what the bot answers.
   */
  async put(
    declaration: LiveDeclaration,
    signal: AbortSignal | undefined
  ): Promise<ServerFrameOf<'live.done'>> {
    if (!this.listening) {
      this.listening = true;
      await this.bot.connected(signal);
      this.bot.received.on(frame => this.take(frame));
    }
    this.declarations.set(declaration.owner, declaration);
    try {
      return await this.send(declaration, signal);
    } catch (error) {
      this.declarations.delete(declaration.owner);
      throw error;
    }
  }

  /** Takes the handlers of cells away, as far as they have any. */
  async remove(owners: readonly string[]): Promise<void> {
    const known = owners.filter(owner => this.declarations.delete(owner));
    if (known.length > 0) {
      await this.bot
        .request<'live.remove'>({ type: 'live.remove', owners: known })
        // A bot that is gone has let go of them by itself.
        .catch(() => undefined);
    }
  }

  /** Cells were deleted in the front end. */
  deleted(owners: readonly string[]): void {
    const known = owners.filter(owner => this.declarations.has(owner));
    if (known.length > 0) {
      this.order({ kind: 'gone', owners: known });
      void this.remove(known);
    }
  }

  /** Asks the bot for something. @throws ChatOpsError when it cannot be had. */
  async ask({ run, request }: LiveQuestion, signal?: AbortSignal): Promise<unknown> {
    const { value } = await this.bot.request<'live.ask'>(
      {
        type: 'live.ask',
        ...(run !== undefined && { run }),
        notebook: this.notebook,
        request: { ...request }
      },
      signal
    );
    return value;
  }

  /** Passes on how a run goes on. */
  report(report: LiveReport): void {
    const { kind, ...rest } = report;
    const frame =
      kind === 'log'
        ? ({ type: 'live.log', ...rest } as const)
        : ({ type: 'live.end', ...rest } as const);
    // A bot that is gone waits for nothing.
    this.bot.request(frame as never).catch(() => undefined);
  }

  private send(
    { owner, count, matchers }: LiveDeclaration,
    signal?: AbortSignal
  ): Promise<ServerFrameOf<'live.done'>> {
    return this.bot.request<'live.put'>(
      {
        type: 'live.put',
        owner,
        notebook: this.notebook,
        name: `${this.notebook} cell ${count}`,
        matchers
      },
      signal
    );
  }

  private take(frame: ServerFrame): void {
    switch (frame.type) {
      case 'ready':
        // A new connection, perhaps to a new bot: it knows of nothing.
        for (const declaration of this.declarations.values()) {
          this.send(declaration).catch(() => undefined);
        }
        break;
      case 'live.run':
        this.order({ kind: 'run', ...frame } as unknown as LiveOrder);
        break;
      case 'live.stop':
        this.order({ kind: 'stop', run: frame.run, reason: frame.reason });
        break;
    }
  }
}

/** What people call the notebook of this kernel, as Jupyter Server tells it. */
export function notebookName(environment: NodeJS.ProcessEnv): string {
  return environment.JPY_SESSION_NAME?.split(/[\\/]/).at(-1) || NAMELESS;
}
