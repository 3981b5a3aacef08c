import type { Path } from './positioned-yaml';

/** One module's section of a configuration, and where it stands in the file. */
export interface Section {
  value: Record<string, unknown>;
  path: Path;
}

/**
 * The modules under `connectors` or `skills`, whichever of opsdroid's styles they are written in:
 *
 * - a list of sections with a `name`
 * - a mapping from names to sections, or to nothing
 * - a list of names, or of mappings with one name each, as in opsdroid before 0.17
 */
export function readSections(value: unknown, key: string): Section[] {
  return readStyles(value, key).map(withToken);
}

function readStyles(value: unknown, key: string): Section[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, i) => readItem(item, [key, i]));
  }
  if (isMapping(value)) {
    return Object.entries(value).map(([name, section]) => named(name, section, [key, name]));
  }
  return [];
}

/** True for what YAML calls a mapping. */
export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readItem(item: unknown, path: Path): Section[] {
  if (typeof item === 'string') {
    return [named(item, null, path)];
  }
  if (!isMapping(item)) {
    return item === null ? [] : [{ value: { name: item }, path }];
  }
  const entries = Object.entries(item);
  const [first] = entries;
  // A name has a section under it, or nothing; anything else is a section that lacks its name.
  if (entries.length === 1 && first && (first[1] === null || isMapping(first[1]))) {
    return [named(first[0], first[1], [...path, first[0]])];
  }
  return [{ value: item, path }];
}

function named(name: string, section: unknown, path: Path): Section {
  return { value: { ...(isMapping(section) ? section : {}), name }, path };
}

/** opsdroid's older names for a token. */
function withToken({ value, path }: Section): Section {
  const token = value.token ?? value['access-token'] ?? value['api-token'];
  return { value: token === undefined ? value : { ...value, token }, path };
}
