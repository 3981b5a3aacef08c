import { Emitter, toErrorRecord, type ErrorRecord, type Timers, type Trace } from '../../protocol';

/** A person who types pauses for so long before the bot is asked, in milliseconds. */
export const TYPING_PAUSE = 120;

/** What is known about a text that is being tried; a new object after each change. */
export interface DryRunState {
  readonly text: string;
  /** What would be weighed for it; that of the text before, until the new one is there. */
  readonly trace: Trace | undefined;
  readonly error: ErrorRecord | undefined;
  /** The answer to the newest text is not there yet. */
  readonly isPending: boolean;
}

/** What a dry run is made of. */
export interface DryRunOptions {
  explain: (text: string) => Promise<Trace>;
  timers: Timers;
}

/**
 * Tries texts against the live skills while someone types. Nothing is said and nothing is run; an
 * answer that comes late never replaces that of a newer text.
 */
export class DryRun {
  readonly changed = new Emitter<void>();

  private current: DryRunState = {
    text: '',
    trace: undefined,
    error: undefined,
    isPending: false
  };
  private timer: unknown;
  private question = 0;

  constructor(private readonly options: DryRunOptions) {}

  get state(): DryRunState {
    return this.current;
  }

  /** Tries a text, once whoever types pauses. */
  setText(text: string): void {
    this.stop();
    if (text.trim() === '') {
      this.set({ text, trace: undefined, error: undefined, isPending: false });
      return;
    }
    this.set({ ...this.current, text, isPending: true });
    this.timer = this.options.timers.setTimeout(() => void this.ask(), TYPING_PAUSE);
  }

  /** Tries the same text again: the skills are others now. */
  refresh(): void {
    if (this.current.text.trim() !== '') {
      this.stop();
      void this.ask();
    }
  }

  /** Gives up what is under way. */
  stop(): void {
    this.options.timers.clearTimeout(this.timer as never);
    this.timer = undefined;
    this.question++;
  }

  private async ask(): Promise<void> {
    this.timer = undefined;
    const question = ++this.question;
    const { text } = this.current;
    const answer = await this.options.explain(text).then(
      trace => ({ trace, error: undefined }),
      (reason: unknown) => ({ trace: undefined, error: toErrorRecord(reason) })
    );
    if (question === this.question) {
      this.set({ text, ...answer, isPending: false });
    }
  }

  private set(state: DryRunState): void {
    this.current = state;
    this.changed.emit();
  }
}
