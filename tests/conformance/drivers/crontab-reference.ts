/** The bounds of the five fields, with the names of their values; 7 is Sunday too. */
const BOUNDS: readonly (readonly [number, number, readonly string[]])[] = [
  [0, 59, []],
  [0, 23, []],
  [1, 31, []],
  [1, 12, 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')],
  [0, 7, 'sun mon tue wed thu fri sat'.split(' ')]
];

/** True for a schedule that crontab(5) knows: five fields whose values are within their bounds. */
export function isSchedule(schedule: string): boolean {
  const fields = schedule.trim().split(/\s+/);
  return (
    fields.length === BOUNDS.length &&
    fields.every((field, i) => {
      const [first, last, names] = BOUNDS[i]!;
      const isValue = (text: string): boolean =>
        names.includes(text.toLowerCase()) ||
        (/^\d+$/.test(text) && Number(text) >= first && Number(text) <= last);
      return field.split(',').every(part => {
        const [, range = '', step = '1'] = /^([^/]*)(?:\/(\d+))?$/.exec(part) ?? [];
        return Number(step) > 0 && (range === '*' || range.split('-').every(isValue));
      });
    })
  );
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const DAYS = 'sun mon tue wed thu fri sat'.split(' ');

/**
 * Whether a schedule is due at a minute, by crontab(5): names, `7` for Sunday, `start/step`, and
 * ranges that go past their end. Written apart from the engine, to judge it by.
 */
export function firesAt(schedule: string, time: Date): boolean {
  const [minute, hour, day, month, weekday] = schedule.trim().split(/\s+/) as [
    string,
    string,
    string,
    string,
    string
  ];
  const isDay = holds(day, time.getUTCDate(), 1, 31);
  const isWeekday = holds(weekday, time.getUTCDay(), 0, 6, DAYS);
  // Where both are restricted, either is enough.
  const isEither = !day.includes('*') && !weekday.includes('*');
  return (
    holds(minute, time.getUTCMinutes(), 0, 59) &&
    holds(hour, time.getUTCHours(), 0, 23) &&
    holds(month, time.getUTCMonth() + 1, 1, 12, MONTHS) &&
    (isEither ? isDay || isWeekday : isDay && isWeekday)
  );
}

function holds(
  field: string,
  value: number,
  first: number,
  last: number,
  names: readonly string[] = []
): boolean {
  const size = last - first + 1;
  const number = (text: string): number => {
    const name = names.indexOf(text.slice(0, 3).toLowerCase());
    return name >= 0 ? name + first : Number(text);
  };
  return field.split(',').some(part => {
    const [range = '', step = '1'] = part.split('/');
    const [from = '', to] = range === '*' ? [String(first), String(last)] : range.split('-');
    const start = number(from);
    const end = to === undefined ? (part.includes('/') ? last : start) : number(to);
    const length = end >= start ? end - start : end - start + size;
    for (let offset = 0; offset <= length; offset += Number(step)) {
      if (((start - first + offset) % size) + first === value) {
        return true;
      }
    }
    return false;
  });
}
