import type { Facts, Observed } from './case';

/** Scores of the cases have six digits. */
const PRECISION = 1e-6;

/** True when everything that was expected was observed. Notes are for people. */
export function meets(expected: Facts, observed: Observed): boolean {
  return Object.entries(expected)
    .filter(([key]) => key !== 'note')
    .every(([key, value]) => fits(value, observed[key]));
}

function fits(expected: unknown, observed: unknown): boolean {
  return typeof observed === 'function'
    ? (observed as (expected: unknown) => boolean)(expected)
    : isSame(expected, observed);
}

/** Deep equality, with numbers as near as the cases are exact. */
export function isSame(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') {
    return Math.abs(a - b) < PRECISION || Object.is(a, b);
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return a === b;
  }
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, i) => isSame(item, b[i]))
    );
  }
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every(key => isSame((a as Facts)[key], (b as Facts)[key]));
}

/** True when a value has at least what is expected of it; a section with nothing in it is like none. */
export function includes(expected: unknown, actual: unknown): boolean {
  if (isMapping(expected)) {
    return Object.entries(expected).every(([key, value]) =>
      includes(value, isMapping(actual) ? actual[key] : undefined)
    );
  }
  return expected === null
    ? actual === null || actual === undefined || isEmpty(actual)
    : isSame(expected, actual);
}

function isEmpty(value: unknown): boolean {
  return isMapping(value) && Object.keys(value).length === 0;
}

function isMapping(value: unknown): value is Facts {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
