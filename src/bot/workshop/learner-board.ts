import { Emitter, type LearnerReport, type LearnerRow } from '../../protocol';

/** More learners than this are not kept: a class is smaller, and nobody shall fill the memory. */
const MOST_LEARNERS = 2000;

/** Someone who has not reported for so long counts as away, in milliseconds. */
const AWAY = 90_000;

/** Someone who has been at one step for so many times its minutes counts as stuck. */
const PATIENCE = 2;

/** Something that is told to everyone. */
export interface Broadcast {
  /** Grows with each. */
  id: number;
  text: string;
}

/** How a class does: the newest report of each learner, and what was told to all. */
export class LearnerBoard {
  /** Something is told to everyone. */
  readonly told = new Emitter<Broadcast>();

  private readonly reports = new Map<string, LearnerReport>();
  private readonly broadcasts: Broadcast[] = [];

  /**
   * @param now - milliseconds since 1970.
   * @param minutesOf - how long a step takes most people.
   */
  constructor(
    private readonly now: () => number,
    private readonly minutesOf: (step: string) => number
  ) {}

  /** Takes a learner's report. */
  take(report: LearnerReport): void {
    // The time is ours: clocks differ.
    this.reports.delete(report.id);
    this.reports.set(report.id, { ...report, time: this.now() });
    if (this.reports.size > MOST_LEARNERS) {
      this.reports.delete(this.reports.keys().next().value!);
    }
  }

  /** Everyone, by name. */
  rows(): LearnerRow[] {
    const now = this.now();
    return [...this.reports.values()]
      .map(report => ({
        ...report,
        away: now - report.time > AWAY,
        stuck:
          report.current !== undefined &&
          now - report.current.since > this.minutesOf(report.current.step) * 60_000 * PATIENCE
      }))
      .toSorted((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
  }

  /** Tells something to everyone: to those who are here, and to those who report. */
  tell(text: string): Broadcast {
    const broadcast = { id: (this.broadcasts.at(-1)?.id ?? 0) + 1, text };
    this.broadcasts.push(broadcast);
    this.told.emit(broadcast);
    return broadcast;
  }

  /** What was told to everyone after one of those. */
  toldAfter(id: number): Broadcast[] {
    return this.broadcasts.filter(broadcast => broadcast.id > id);
  }
}
