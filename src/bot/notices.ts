import type { Engine, RegistryEvent } from '../engine';
import { describeError, reasonOf, type ErrorRecord } from '../protocol';
import type { BotLog } from './logging';

/** The same notice is not given again within so many milliseconds. */
const REPEAT_AFTER = 60_000;

/** How many notices are remembered for that. */
const MOST_RECENT = 100;

/** What the bot says of itself: to the log, and to the rooms where that belongs. */
export class Notices {
  private told = new Set<string>();
  private readonly recent = new Map<string, number>();

  constructor(
    private readonly engine: Engine,
    private readonly log: BotLog
  ) {}

  /** Tells of an error, to people and to the log. */
  async tell(error: ErrorRecord): Promise<void> {
    this.told.add(error.message);
    this.log.part('bot').problem(error);
    try {
      await this.engine.speaker.notify({ text: describeError(error), notice: 'error', error });
    } catch (failure) {
      this.log.part('bot').error(`a notice could not be delivered: ${reasonOf(failure)}`);
    }
  }

  /** Tells of what a skill did outside of a message; of the same again only after a while. */
  async stray(error: ErrorRecord): Promise<void> {
    const words = describeError(error);
    const now = performance.now();
    if (now - (this.recent.get(words) ?? -Infinity) < REPEAT_AFTER) {
      this.log.part('bot').problem(error);
      return;
    }
    this.recent.delete(words);
    this.recent.set(words, now);
    if (this.recent.size > MOST_RECENT) {
      this.recent.delete(this.recent.keys().next().value!);
    }
    await this.tell(error);
  }

  /** Tells of all that is wrong outside of skills now, of each once for as long as it is. */
  async problems(errors: readonly ErrorRecord[]): Promise<void> {
    const news = errors.filter(({ message }) => !this.told.has(message));
    this.told = new Set(errors.map(({ message }) => message));
    for (const error of news) {
      await this.tell(error);
    }
  }

  /** Tells of what became of skills. */
  changes({ cause, changes }: RegistryEvent): void {
    const log = this.log.part('skills');
    for (const { skill, kind, version, error, duration } of changes) {
      if (error && cause === 'request') {
        // Who said `reload` is answered; everyone else learns of it by a notice.
        log.problem(error);
      } else if (error) {
        void this.tell(error);
      } else if (kind !== 'unchanged') {
        log.info(`${skill} ${kind}, version ${version}, ${Math.round(duration)} ms (${cause})`);
      }
    }
  }
}
