import type { World } from '../world';
import { escaped } from './transcript';
import { finding, met, unmet, type Finding } from './finding';

/** Whether the configuration is right, and holds what it should. */
export function checkConfig(
  { valid, includes }: { valid?: boolean | undefined; includes?: unknown },
  { configuration }: World
): Finding {
  const [error] = configuration.errors;
  if (valid !== undefined && valid === (error !== undefined)) {
    return unmet({ got: error?.message ?? '', line: String(error?.where?.line ?? '') });
  }
  return finding(includes === undefined || holds(configuration.value, includes));
}

/** Whether a file is there, and has in it what it should. */
export async function checkFile(
  wanted: {
    path: string;
    matches?: string | undefined;
    lacks?: string | undefined;
    cells?: { code: string; minimum: number } | undefined;
  },
  world: World
): Promise<Finding> {
  const { path, matches, lacks, cells } = wanted;
  const text = await world.file(path);
  if (
    text === undefined ||
    (matches !== undefined && !patternFor(matches, world.learner).test(text)) ||
    (lacks !== undefined && new RegExp(lacks, 'u').test(text))
  ) {
    return unmet();
  }
  return cells && codeCells(text, cells.code) < cells.minimum ? unmet() : met;
}

/** Whether a value holds another: objects at least the same keys, lists at least the same members. */
export function holds(value: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(value) && wanted.every(item => value.some(candidate => holds(candidate, item)))
    );
  }
  if (typeof wanted === 'object' && wanted !== null) {
    return (
      typeof value === 'object' &&
      value !== null &&
      Object.entries(wanted).every(([key, item]) =>
        holds((value as Record<string, unknown>)[key], item)
      )
    );
  }
  // `*` is for whatever there is, as long as it is something.
  return wanted === '*' ? value !== undefined && value !== null && value !== '' : value === wanted;
}

/** Quotes as JSON has them, since a name may stand in a JSON file. */
function patternFor(pattern: string, learner: string): RegExp {
  return new RegExp(
    pattern.replaceAll('<user>', escaped(JSON.stringify(learner).slice(1, -1))),
    'u'
  );
}

function codeCells(text: string, code: string): number {
  try {
    const { cells } = JSON.parse(text) as {
      cells: { cell_type: string; source: string | string[] }[];
    };
    return cells.filter(
      ({ cell_type, source }) =>
        cell_type === 'code' && new RegExp(code, 'u').test([source].flat().join(''))
    ).length;
  } catch {
    return 0;
  }
}
