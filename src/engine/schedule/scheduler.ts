import { Emitter } from '../../protocol';
import type { Clock } from '../clock';
import type { SkillRegistry, LiveMatcherOf } from '../skill-registry';
import { Crontab, DEFAULT_TIMEZONE } from './crontab';

/** A time has come. */
export interface DueSchedule {
  matcher: LiveMatcherOf<'crontab'>;
  /** The time it was due, in milliseconds since 1970. */
  time: number;
}

/** Times that went by without a run: the machine slept, or the bot was not there. */
export interface MissedSchedule {
  matcher: LiveMatcherOf<'crontab'>;
  /** How many, at most {@link MOST_COUNTED}. */
  count: number;
  /** The first of them, in milliseconds since 1970. */
  since: number;
}

/** Remembers across processes until when schedules have been looked after. */
export interface ScheduleMemory {
  /** In milliseconds since 1970; nothing when it never was. */
  read(): Promise<number | undefined>;
  write(time: number): Promise<void>;
}

/** More missed runs than this are not counted one by one. */
export const MOST_COUNTED = 1000;

/** A run this late, in milliseconds, is a run missed. */
const LATEST = 60_000;

/** Timers hold no longer than some days, and a machine that slept should notice soon. */
const LONGEST_WAIT = 60_000;

interface Watched {
  crontab: Crontab;
  /** Every time up to this one has been looked after. */
  until: number;
  /** The first time after that; nothing when there is none any more. */
  next: number | undefined;
}

/** Tells when the schedules of the live skills are due. */
export class Scheduler {
  readonly due = new Emitter<DueSchedule>();
  readonly missed = new Emitter<MissedSchedule>();

  private timezone = DEFAULT_TIMEZONE;
  private readonly watched = new Map<LiveMatcherOf<'crontab'>, Watched>();
  private timer: unknown;
  private running = false;
  private enabled = true;

  constructor(
    private readonly registry: SkillRegistry,
    private readonly clock: Clock,
    private readonly memory?: ScheduleMemory
  ) {
    registry.changed.on(() => this.arrange());
  }

  /** The zone of schedules that name none; an IANA name. */
  setTimezone(timezone: string): void {
    if (timezone !== this.timezone) {
      this.timezone = timezone;
      this.watched.clear();
      this.arrange();
    }
  }

  /** Looks after schedules, or leaves all of them alone. */
  setEnabled(enabled: boolean): void {
    if (enabled !== this.enabled) {
      this.enabled = enabled;
      this.watched.clear();
      this.arrange();
    }
  }

  /** Begins, and reports what was missed since an earlier process ended. */
  async start(): Promise<void> {
    const since = await this.memory?.read();
    this.running = true;
    this.arrange();
    const now = this.clock.now();
    if (since !== undefined && since < now) {
      for (const [matcher, { crontab }] of this.watched) {
        this.report(matcher, crontab, since, now);
      }
    }
    await this.memory?.write(now);
  }

  stop(): void {
    this.running = false;
    this.clock.clearTimeout(this.timer);
  }

  /** The next time of each schedule, soonest first. */
  upcoming(): DueSchedule[] {
    return [...this.watched]
      .flatMap(([matcher, { next: time }]) => (time === undefined ? [] : [{ matcher, time }]))
      .toSorted((a, b) => a.time - b.time);
  }

  private arrange(): void {
    this.clock.clearTimeout(this.timer);
    if (!this.running) {
      return;
    }
    this.follow();
    const [soonest] = this.upcoming();
    if (soonest) {
      const wait = Math.min(LONGEST_WAIT, Math.max(0, soonest.time - this.clock.now()));
      this.timer = this.clock.setTimeout(() => this.tick(), wait);
    }
  }

  /** Watches the schedules that are live, and no others. */
  private follow(): void {
    const live = new Set(this.enabled ? this.registry.matchersOf('crontab') : []);
    for (const matcher of this.watched.keys()) {
      if (!live.has(matcher)) {
        this.watched.delete(matcher);
      }
    }
    for (const matcher of live) {
      if (!this.watched.has(matcher)) {
        const crontab = Crontab.parse(matcher.record, this.timezone);
        const until = this.clock.now();
        this.watched.set(matcher, { crontab, until, next: crontab.next(until) });
      }
    }
  }

  private tick(): void {
    const now = this.clock.now();
    for (const [matcher, watched] of this.watched) {
      const { crontab, until, next } = watched;
      watched.until = now;
      if (next === undefined || next > now) {
        continue;
      }
      watched.next = crontab.next(now);
      const time = lastWithin(crontab, Math.max(until, now - LATEST), now);
      if (time !== undefined) {
        this.due.emit({ matcher, time });
      }
      this.report(matcher, crontab, until, now - LATEST);
    }
    void this.memory?.write(now);
    this.arrange();
  }

  private report(
    matcher: LiveMatcherOf<'crontab'>,
    crontab: Crontab,
    after: number,
    upTo: number
  ): void {
    const count = crontab.count(after, upTo, MOST_COUNTED);
    if (count > 0) {
      this.missed.emit({ matcher, count, since: crontab.next(after)! });
    }
  }
}

function lastWithin(crontab: Crontab, after: number, upTo: number): number | undefined {
  let last: number | undefined;
  let time = crontab.next(after);
  while (time !== undefined && time <= upTo) {
    last = time;
    time = crontab.next(time);
  }
  return last;
}
