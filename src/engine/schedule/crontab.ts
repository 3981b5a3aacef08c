import { Cron } from 'croner';
import { chatOpsError, reasonOf, type MatcherRecordOf } from '../../protocol';

/** The five fields: their bounds, and the names their values may have. */
const FIELDS: readonly { first: number; last: number; names?: readonly string[] }[] = [
  { first: 0, last: 59 },
  { first: 0, last: 23 },
  { first: 1, last: 31 },
  {
    first: 1,
    last: 12,
    names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
  },
  { first: 0, last: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] }
];

/** The zone of schedules that name none, as in opsdroid. */
export const DEFAULT_TIMEZONE = 'UTC';

/** The times of a schedule: five fields as in crontab(5), with names, `7` for Sunday and `start/step`. */
export class Crontab {
  private constructor(private readonly cron: Cron) {}

  /**
   * Reads a schedule.
   *
   * @param timezone - for a schedule that names none itself; an IANA name.
   * @throws ChatOpsError `CHATOPS_MATCHER_CRONTAB`.
   */
  static parse(
    record: Pick<MatcherRecordOf<'crontab'>, 'schedule' | 'timezone' | 'where'>,
    timezone = DEFAULT_TIMEZONE
  ): Crontab {
    const { schedule, where } = record;
    try {
      const cron = new Cron(normalise(schedule), {
        paused: true,
        mode: '5-part',
        domAndDow: isEveryDay(schedule),
        timezone: record.timezone ?? timezone
      });
      // An unknown zone shows only when it is used.
      cron.nextRun(new Date(0));
      return new Crontab(cron);
    } catch (error) {
      throw chatOpsError(
        'CHATOPS_MATCHER_CRONTAB',
        { schedule, reason: reasonOf(error).replace(/^Cron\w+: /, '') },
        { ...(where && { where }), cause: error }
      );
    }
  }

  /** The first time after another one, in milliseconds since 1970; nothing when there is none any more. */
  next(after: number): number | undefined {
    return this.cron.nextRun(new Date(after))?.getTime();
  }

  /** How many times lie after one and up to another, at most `most`. */
  count(after: number, upTo: number, most: number): number {
    let count = 0;
    let time = this.next(after);
    while (time !== undefined && time <= upTo && count < most) {
      count++;
      time = this.next(time);
    }
    return count;
  }
}

/**
 * Spells out what croner does not read: `5/10`, and ranges that go past the end such as `22-2`.
 *
 * @throws SyntaxError unless there are five fields.
 */
function normalise(schedule: string): string {
  const fields = schedule.trim().split(/\s+/);
  if (fields.length !== FIELDS.length) {
    const many = fields.length === 1 ? 'one field' : `${fields.length} fields`;
    throw new SyntaxError(`it has ${many} instead of five`);
  }
  return fields
    .map((field, i) =>
      field
        .split(',')
        .map(part => normalisePart(part, FIELDS[i]!))
        .join(',')
    )
    .join(' ');
}

/** By crontab(5) either of the two fields for days is enough, unless one of them holds a `*`. */
function isEveryDay(schedule: string): boolean {
  const [, , day = '', , weekday = ''] = schedule.trim().split(/\s+/);
  return day.includes('*') || weekday.includes('*');
}

function normalisePart(part: string, { first, last, names }: (typeof FIELDS)[number]): string {
  const match = /^([a-z]+|\d+)(?:-([a-z]+|\d+))?(?:\/(\d+))?$/i.exec(part);
  if (!match || (match[2] === undefined && match[3] === undefined)) {
    return part;
  }
  const number = (text: string): number => {
    const index = names?.indexOf(text.toLowerCase().slice(0, 3)) ?? -1;
    return index >= 0 ? index + first : Number(text);
  };
  const from = number(match[1]!);
  const to = match[2] === undefined ? last : number(match[2]);
  if (Number.isNaN(from) || Number.isNaN(to) || from > last || to > last + 1 || from <= to) {
    return match[2] === undefined ? `${match[1]}-${last}/${match[3]}` : part;
  }
  const step = Number(match[3] ?? 1);
  const values: number[] = [];
  for (let value = from; value <= to + (last - first + 1); value += step) {
    values.push(value > last ? value - (last - first + 1) : value);
  }
  return values.join(',');
}
