import { compileFunction, constants } from 'node:vm';
import type { ImportRecord } from '../source';

/** What a module exports, by name. */
export type Exports = Record<string, unknown>;

/** Options of `compileFunction`; Node's types do not know yet that the default loader may be named. */
export type CompileOptions = Parameters<typeof compileFunction>[2];

/** A package or one of Node's own modules, found from `file` as an ES module there would find it. */
export async function importOutside(specifier: string, file: string): Promise<Exports> {
  const importFrom = compileFunction('return import(specifier)', ['specifier'], {
    filename: file,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER
  } as CompileOptions) as (specifier: string) => Promise<Exports>;
  return { __esModule: true, ...(await importFrom(specifier)) };
}

/** What a module that may be CommonJS exports by name: that kind may set its exports to anything. */
export function namesOf(exports: unknown): Exports {
  return hasNames(exports) ? exports : { __esModule: true, default: exports };
}

/** A CommonJS package may have names that Node does not see from outside; they are members of its default. */
export function addNamesOfDefault(exports: Exports, record: ImportRecord): void {
  const value = exports.default;
  if (hasNames(value)) {
    for (const { name } of record.names) {
      if (!(name in exports) && name in value) {
        exports[name] = value[name];
      }
    }
  }
}

function hasNames(value: unknown): value is Exports {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
