/** What a field's text stands for. Dates and times are in ISO 8601, without a zone where none was given. */
export type TypedValue =
  { type: 'number'; value: number } | { type: 'date' | 'time' | 'datetime'; value: string };

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
  ts: String.raw`${MONTH}\s+\d+\s+\d{1,2}:\d{1,2}:\d{1,2}`,
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
  H: [String.raw`\d{1,2}`, 'hour'],
  I: [String.raw`\d{1,2}`, 'hour'],
  M: [String.raw`\d{1,2}`, 'minute'],
  S: [String.raw`\d{1,2}`, 'second'],
  f: [String.raw`\d{1,6}`, undefined],
  p: ['[AaPp][Mm]', 'half'],
  z: [String.raw`[-+]\d\d:?\d\d`, 'zone'],
  A: [DAY, undefined],
  a: [DAY, undefined],
  '%': ['%', undefined]
};

interface DateParts {
  year: string;
  shortYear: string;
  month: string;
  monthName: string;
  day: string;
  hour: string;
  minute: string;
  second: string;
  half: string;
  zone: string;
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
  const group = type.replace(
    /%(.)|([^%]+)/g,
    (_, directive: string | undefined, text: string | undefined) => {
      if (directive === undefined) {
        return text!.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
      }
      const known = DIRECTIVES[directive];
      if (!known) {
        throw new SyntaxError(`\`%${directive}\` is not a part of a date`);
      }
      order.push(known[1]);
      return known[0];
    }
  );
  const capturing = new RegExp(
    `^${type.replace(
      /%(.)|([^%]+)/g,
      (_, directive: string | undefined, text: string | undefined) =>
        directive === undefined
          ? text!.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
          : `(${DIRECTIVES[directive]![0]})`
    )}$`
  );
  return {
    group,
    convert: text => {
      const found = capturing.exec(text);
      const parts: Partial<DateParts> = {};
      order.forEach((part, i) => {
        if (part) {
          parts[part] = found?.[i + 1] ?? '';
        }
      });
      return toTyped(parts);
    }
  };
}

/** Takes the texts of the named types apart. */
function readParts(type: string, text: string): Partial<DateParts> {
  const [, hour, minute, second] = /(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?/.exec(text) ?? [];
  const time = {
    ...(hour !== undefined && { hour, minute: minute!, second: second ?? '0' }),
    ...pick('half', /[AaPp][Mm](?![a-z])/.exec(text)?.[0]),
    ...pick('zone', /(?:Z|[-+]\d\d?:?\d\d)$/.exec(text.replace(/^\d{4}-\d\d-\d\d/, ''))?.[0])
  };
  const name = new RegExp(`(?<![A-Za-z])${MONTH}`).exec(
    text.replace(new RegExp(`^${DAY},?\\s`), '')
  )?.[0];
  const numbers = text.match(/\d+/g) ?? [];
  switch (type) {
    case 'ti':
      return { year: numbers[0]!, month: numbers[1]!, day: numbers[2]!, ...time };
    case 'tg':
    case 'th':
      return name
        ? { day: numbers[0]!, monthName: name, year: numbers[1]!, ...time }
        : { day: numbers[0]!, month: numbers[1]!, year: numbers[2]!, ...time };
    case 'ta':
      return name
        ? { monthName: name, day: numbers[0]!, year: numbers[1]!, ...time }
        : { month: numbers[0]!, day: numbers[1]!, year: numbers[2]!, ...time };
    case 'te':
      return { day: numbers[0]!, monthName: name!, year: numbers[1]!, ...time };
    case 'tc':
      return { monthName: name!, day: numbers[0]!, year: numbers.at(-1)!, ...time };
    case 'ts':
      return { monthName: name!, day: numbers[0]!, ...time };
    default:
      return time;
  }
}

function pick<K extends keyof DateParts>(key: K, value: string | undefined): Partial<DateParts> {
  return value === undefined ? {} : { [key]: value };
}

/** A date, a time or both, in ISO 8601; nothing for what the calendar does not have. */
function toTyped(parts: Partial<DateParts>): TypedValue | undefined {
  const { year, shortYear, month, monthName, day, hour, minute, second, half, zone } = parts;
  const monthNumber = monthName
    ? MONTHS.indexOf(monthName.slice(0, 3).toLowerCase()) + 1
    : Number(month);
  const fullYear = year ?? (shortYear === undefined ? undefined : String(pivot(Number(shortYear))));
  const date =
    day === undefined ? undefined : isoDate(fullYear ?? '1900', monthNumber, Number(day));
  const time = hour === undefined ? undefined : isoTime(hour, minute, second, half, zone);
  if (day !== undefined && date === undefined) {
    return undefined;
  }
  if (date !== undefined && time !== undefined) {
    return { type: 'datetime', value: `${date}T${time}` };
  }
  if (date !== undefined) {
    return { type: 'date', value: date };
  }
  return time === undefined ? undefined : { type: 'time', value: time };
}

function isoDate(year: string, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(Number(year), month - 1, day));
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? `${year.padStart(4, '0')}-${two(month)}-${two(day)}` : undefined;
}

function isoTime(
  hour: string,
  minute = '0',
  second = '0',
  half: string | undefined,
  zone: string | undefined
): string {
  const twelve = Number(hour) % 12;
  const hours = half ? twelve + (half.toLowerCase() === 'pm' ? 12 : 0) : Number(hour);
  const offset = zone
    ? zone
        .trim()
        .replace(/^([-+])(\d)(?=:?\d\d$)/, '$10$2')
        .replace(/(\d\d)(\d\d)$/, '$1:$2')
    : '';
  return `${two(hours)}:${two(Number(minute))}:${two(Number(second))}${offset}`;
}

/** Two-digit years from 69 on belong to the last century, as POSIX has it. */
function pivot(year: number): number {
  return year + (year >= 69 ? 1900 : 2000);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
