import { inspect, types } from 'node:util';
import type { MimeBundle } from '../thread';
import { htmlTable, textTable } from '../views/table';

/** How many rows of a table are shown. */
const MOST_ROWS = 100;

/** How many columns of a table are shown. */
const MOST_COLUMNS = 30;

type Row = Record<PropertyKey, unknown>;

/** A list of plain objects as a table; nothing for anything else. */
export function guessTable(value: unknown): MimeBundle | undefined {
  return Array.isArray(value) && value.length > 0 && value.every(isRow)
    ? tableBundle(value)
    : undefined;
}

/**
 * Rows of objects, lists or single values as a table; a map and an object have a row for each entry.
 *
 * @param columns - which, and in which order; all of them when absent.
 * @returns nothing where there are no columns.
 */
export function tableBundle(value: unknown, columns?: readonly string[]): MimeBundle | undefined {
  const rows = rowsOf(value);
  const names = columns ?? [...new Set(rows.slice(0, MOST_ROWS).flatMap(row => Object.keys(row)))];
  if (names.length === 0) {
    return undefined;
  }
  const shown = names.slice(0, MOST_COLUMNS);
  const cells = rows.slice(0, MOST_ROWS).map(row => shown.map(name => cellText(row[name])));
  const left = [
    ...(rows.length > MOST_ROWS ? [`${rows.length - MOST_ROWS} more rows`] : []),
    ...(names.length > MOST_COLUMNS ? [`${names.length - MOST_COLUMNS} more columns`] : [])
  ].join(' and ');
  return {
    'text/html': `${htmlTable(shown, cells).source}${left && `<p>… and ${left}</p>`}`,
    'text/plain': `${textTable(shown, cells)}${left && `\n… and ${left}`}`
  };
}

function rowsOf(value: unknown): Row[] {
  if (value instanceof Map) {
    return Array.from(value, ([key, item]) => ({ key, ...rowOf(item) }));
  }
  if (typeof value === 'object' && value !== null && Symbol.iterator in value) {
    return Array.from(value as Iterable<unknown>, rowOf);
  }
  return Object.entries(value ?? {}).map(([key, item]) => ({ key, ...rowOf(item) }));
}

function rowOf(item: unknown): Row {
  return typeof item === 'object' && item !== null && !(item instanceof Date)
    ? (item as Row)
    : { value: item };
}

function isRow(value: unknown): value is Row {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) {
    return false;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function cellText(value: unknown): string {
  return typeof value === 'string'
    ? value
    : value === undefined
      ? ''
      : inspect(value, { depth: 1, breakLength: Infinity });
}
