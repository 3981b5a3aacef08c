/** What a field's text stands for. Dates and times are in ISO 8601, without a zone where none was given. */
export type TypedValue =
  | { type: 'number'; value: number | string }
  | { type: 'date' | 'time' | 'datetime'; value: string };

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH =
  '(?:[Jj]an|[Ff]eb|[Mm]ar|[Aa]pr|[Mm]ay|[Jj]un|[Jj]ul|[Aa]ug|[Ss]ep|[Oo]ct|[Nn]ov|[Dd]ec)[a-z]*';
const DAY = '(?:[Mm]on|[Tt]ue|[Ww]ed|[Tt]hu|[Ff]ri|[Ss]at|[Ss]un)[a-z]*';
const TIME = String.raw`\d{1,2}:\d{1,2}(?::\d{1,2}(?:\.\d+)?)?`;
const HALF = String.raw`(?:\s+[AaPp][Mm])`;
const ZONE = String.raw`(?:\s+[-+]\d\d?:?\d\d|Z)`;

/** The date types of a format by their letters, as PyPI's `parse` knows them. */
const SOURCES: Readonly<Record<string, string>> = {
  ti: String.raw`\d{4}-\d\d-\d\d(?:(?:\s+|T)${TIME})?(?:Z|\s*[-+]\d\d:?\d\d)?`,
  te: String.raw`(?:${DAY},\s+)?\d{1,2}\s+${MONTH}\s+\d{4}\s+${TIME}${ZONE}`,
  tg: String.raw`\d{1,2}[-/](?:\d{1,2}|${MONTH})[-/]\d{4}(?:\s+${TIME})?${HALF}?${ZONE}?`,
  ta: String.raw`(?:\d{1,2}|${MONTH})[-/]\d{1,2}[-/]\d{4}(?:\s+${TIME})?${HALF}?${ZONE}?`,
  tc: String.raw`${DAY}\s+${MONTH}\s+\d{1,2}\s+${TIME}\s+\d{4}`,
  th: String.raw`\d{1,2}[-/]${MONTH}[-/]\d{4}:${TIME}${ZONE}`,
  ts: String.raw`${MONTH}\s+\d+(?:\s+\d{1,2}:\d{1,2}:\d{1,2})?`,
  tt: String.raw`${TIME}${HALF}?${ZONE}?`
};

/** The parts of `strftime` formats: how they look, and which part of a date they are. */
const DIRECTIVES: Readonly<Record<string, [source: string, part: keyof DateParts | undefined]>> = {
  Y: [String.raw`\d{4}`, 'year'],
  y: [String.raw`\d{2}`, 'shortYear'],
  m: [String.raw`\d{1,2}`, 'month'],
  B: [MONTH, 'monthName'],
  b: [MONTH, 'monthName'],
  d: [String.raw`\d{1,2}`, 'day'],
  j: [String.raw`\d{1,3}`, 'dayOfYear'],
  H: [String.raw`\d{1,2}`, 'hour'],
  I: [String.raw`\d{1,2}`, 'hour'],
  M: [String.raw`\d{1,2}`, 'minute'],
  S: [String.raw`\d{1,2}`, 'second'],
  f: [String.raw`\d{1,6}`, 'fraction'],
  p: ['[AaPp][Mm]', 'half'],
  z: [String.raw`(?:Z|[-+]\d\d:?\d\d)`, 'zone'],
  A: [DAY, undefined],
  a: [DAY, undefined],
  w: ['[0-6]', undefined],
  U: [String.raw`\d{1,2}`, undefined],
  W: [String.raw`\d{1,2}`, undefined],
  '%': ['%', undefined]
};

interface DateParts {
  year: string;
  shortYear: string;
  month: string;
  monthName: string;
  day: string;
  dayOfYear: string;
  hour: string;
  minute: string;
  second: string;
  /** The digits behind the second's point. */
  fraction: string;
  half: string;
  zone: string;
}

/** True for a `strftime` format such as `%Y-%m-%d`; a lone `%` is a percentage. */
export function isDateFormat(type: string): boolean {
  return /%[^%]/.test(type);
}

/**
 * A field that is a date or a time.
 *
 * @param type - one of {@link SOURCES}, or a `strftime` format such as `%Y-%m-%d`.
 * @throws SyntaxError for a directive that does not exist.
 */
export function dateField(type: string): {
  group: string;
  convert: (text: string) => TypedValue | undefined;
} {
  const source = SOURCES[type];
  if (source) {
    return { group: source, convert: text => toTyped(readParts(type, text)) };
  }
  const order: (keyof DateParts | undefined)[] = [];
  const write = (around: (source: string) => string): string =>
    type.replace(/%(.?)|([^%]+)/gsu, (whole, directive: string | undefined, text?: string) => {
      if (text !== undefined) {
        return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
      }
      const known = DIRECTIVES[directive ?? ''];
      if (!known) {
        throw new SyntaxError(`\`${whole}\` is not a part of a date`);
      }
      order.push(known[1]);
      return around(known[0]);
    });
  const capturing = new RegExp(`^${write(part => `(${part})`)}$`, 'iu');
  const parts = [...order];
  return {
    group: write(part => part),
    convert: text => {
      const found = capturing.exec(text);
      const read: Partial<DateParts> = {};
      parts.forEach((part, i) => {
        if (part && found) {
          read[part] = found[i + 1]!;
        }
      });
      return toTyped(read);
    }
  };
}

/** Takes the texts of the named types apart. */
function readParts(type: string, text: string): Partial<DateParts> {
  const [, hour, minute, second, fraction] =
    /(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d+))?)?/.exec(
      // The log format's own colon stands before the time.
      type === 'th' ? text.replace(/^[^:]*:/, '') : text
    ) ?? [];
  const time: Partial<DateParts> = {
    // All of them but `tt` are moments; a day alone is its beginning.
    hour: hour ?? '0',
    minute: minute ?? '0',
    second: second ?? '0',
    ...pick('fraction', fraction),
    ...pick('half', /[AaPp][Mm](?![a-z])/.exec(text)?.[0]),
    // A day alone has no zone, and its year looks like one.
    ...(hour !== undefined && pick('zone', /(?:Z|[-+]\d\d?:?\d\d)$/.exec(text)?.[0]))
  };
  const name = new RegExp(`(?<![A-Za-z])${MONTH}`).exec(
    text.replace(new RegExp(`^${DAY},?\\s`), '')
  )?.[0];
  const [first, middle, third] = text.match(/\d+/g) ?? [];
  switch (type) {
    case 'ti':
      return { ...time, year: first!, month: middle!, day: third! };
    case 'te':
    case 'tg':
    case 'th':
      return name
        ? { ...time, day: first!, monthName: name, year: middle! }
        : { ...time, day: first!, month: middle!, year: third! };
    case 'ta':
      return name
        ? { ...time, monthName: name, day: first!, year: middle! }
        : { ...time, month: first!, day: middle!, year: third! };
    case 'tc':
      return { ...time, monthName: name!, day: first!, year: /\d+$/.exec(text)![0] };
    case 'ts':
      return { ...time, monthName: name!, day: first! };
    default:
      return time;
  }
}

function pick<K extends keyof DateParts>(key: K, value: string | undefined): Partial<DateParts> {
  return value === undefined ? {} : { [key]: value };
}

/** A date, a time or both, in ISO 8601; nothing for what the calendar does not have. */
function toTyped(parts: Partial<DateParts>): TypedValue | undefined {
  const { day, dayOfYear, month, monthName, year, shortYear } = parts;
  const { hour, minute, second, fraction } = parts;
  const isDated = isAny([day, dayOfYear, month, monthName, year, shortYear]);
  const isTimed = isAny([hour, minute, second, fraction]);
  const date = isDated ? isoDate(parts) : undefined;
  const time = isTimed ? isoTime(parts) : undefined;
  if ((isDated && !date) || (isTimed && !time)) {
    return undefined;
  }
  if (date && time) {
    return { type: 'datetime', value: `${date}T${time}` };
  }
  return date ? { type: 'date', value: date } : time ? { type: 'time', value: time } : undefined;
}

function isAny(parts: readonly unknown[]): boolean {
  return parts.some(part => part !== undefined);
}

/** Who leaves the year out means this one. */
function isoDate(parts: Partial<DateParts>): string | undefined {
  const { year, shortYear, month = '1', monthName, day = '1', dayOfYear } = parts;
  const full = Number(
    year ?? (shortYear === undefined ? new Date().getFullYear() : pivot(Number(shortYear)))
  );
  const named = monthName && MONTHS.indexOf(monthName.slice(0, 3).toLowerCase()) + 1;
  const wanted = dayOfYear === undefined ? Number(named ?? month) : 1;
  const date = new Date(0);
  date.setUTCFullYear(full, wanted - 1, Number(dayOfYear ?? day));
  const isReal =
    date.getUTCFullYear() === full &&
    (dayOfYear !== undefined || date.getUTCMonth() === wanted - 1) &&
    Number(dayOfYear ?? day) > 0;
  return isReal ? date.toISOString().slice(0, 10) : undefined;
}

function isoTime(parts: Partial<DateParts>): string | undefined {
  const { hour = '0', minute = '0', second = '0', fraction = '', half, zone } = parts;
  const twelve = Number(hour) % 12;
  const hours = half ? twelve + (half.toLowerCase() === 'pm' ? 12 : 0) : Number(hour);
  if (hours > 23 || Number(minute) > 59 || Number(second) > 59) {
    return undefined;
  }
  const digits = fraction.slice(0, 6).padEnd(6, '0');
  const rest = Number(digits) === 0 ? '' : `.${digits}`;
  return `${two(hours)}:${two(Number(minute))}:${two(Number(second))}${rest}${offsetOf(zone)}`;
}

/** `Z`, `+2:00` and `+0200` all as `+02:00`. */
function offsetOf(zone = ''): string {
  const [, sign, hours, minutes] = /([-+])(\d\d?):?(\d\d)$/.exec(zone.trim()) ?? [];
  return sign ? `${sign}${two(Number(hours))}:${minutes}` : zone.trim() === 'Z' ? '+00:00' : '';
}

/** Two-digit years from 69 on belong to the last century, as POSIX has it. */
function pivot(year: number): number {
  return year + (year >= 69 ? 1900 : 2000);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
