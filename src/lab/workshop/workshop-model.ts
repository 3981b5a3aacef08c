import {
  Emitter,
  type BotConnection,
  type ServerFrame,
  type WorkshopAction,
  type WorkshopState
} from '../../protocol';
import { errorWords } from '../commands/error-words';
import type { IBotLink, IOpenLink } from '../tokens';

/** How long a step that was just done is shown as such, in milliseconds. */
const CELEBRATION = 4000;

/** What the view of the steps shows. */
export interface StepsState {
  /** How far the learner is; nothing until the bot has said so. */
  workshop: WorkshopState | undefined;
  /** Something was asked of the bot and is not done yet. */
  busy: boolean;
  /** Why the last thing that was asked for was not done. */
  error: string | undefined;
  /** The title of the step that was done just now. */
  done: string | undefined;
}

/** How far the learner is in the workshop, as the bot tells. */
export class WorkshopModel {
  readonly changed = new Emitter<StepsState>();

  private current: StepsState = {
    workshop: undefined,
    busy: false,
    error: undefined,
    done: undefined
  };
  private connection: BotConnection | undefined;
  private stop: (() => void) | undefined;
  private timer: number | undefined;
  private loading = false;
  private again = false;

  constructor(
    private readonly link: IBotLink,
    /** What JupyterLab speaks, such as `de-DE`. */
    readonly language: string
  ) {
    link.replaced.connect(this.onReplaced, this);
  }

  get state(): StepsState {
    return this.current;
  }

  /** Begins to follow the bot. */
  async open(): Promise<void> {
    this.follow(await this.link.open());
  }

  /** Asks the bot to do something, such as resetting a step. */
  async do(action: WorkshopAction): Promise<void> {
    this.set({ busy: true, error: undefined });
    try {
      const { connection } = await this.link.open();
      const { state } = await connection.request<'workshop.do'>({
        type: 'workshop.do',
        language: this.language,
        action
      });
      this.set({ workshop: state, busy: false });
    } catch (error) {
      this.set({ busy: false, error: errorWords(error) });
    }
  }

  dispose(): void {
    this.link.replaced.disconnect(this.onReplaced, this);
    this.stop?.();
    window.clearTimeout(this.timer);
  }

  private onReplaced(_: unknown, link: IOpenLink): void {
    this.set({ workshop: undefined });
    this.follow(link);
  }

  private follow({ connection }: IOpenLink): void {
    this.stop?.();
    this.connection = connection;
    this.stop = connection.received.on(frame => this.take(frame));
    void this.load();
  }

  private take(frame: ServerFrame): void {
    if (frame.type === 'ready') {
      void this.load();
    } else if (frame.type === 'workshop.changed') {
      if (frame.done !== undefined) {
        this.celebrate(frame.done);
      }
      void this.load();
    }
  }

  private celebrate(id: string): void {
    const step = this.current.workshop?.steps.find(step => step.id === id);
    this.set({ done: step?.title, error: undefined });
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.set({ done: undefined }), CELEBRATION);
  }

  /** One question at a time; what changed meanwhile is asked for once more. */
  private async load(): Promise<void> {
    if (this.loading) {
      this.again = true;
      return;
    }
    this.loading = true;
    try {
      do {
        this.again = false;
        const { state } = await this.connection!.request<'workshop.state'>({
          type: 'workshop.state',
          language: this.language
        });
        this.set({ workshop: state });
      } while (this.again);
    } catch (error) {
      // A connection that was lost comes back, and with it the first frame, which asks again.
      if (this.current.workshop === undefined) {
        this.set({ error: errorWords(error) });
      }
    } finally {
      this.loading = false;
    }
  }

  private set(change: Partial<StepsState>): void {
    this.current = { ...this.current, ...change };
    this.changed.emit(this.current);
  }
}
