import { createRequire } from 'node:module';
import path from 'node:path';
import { chatOpsError } from '../../protocol';
import type { CellGlobals } from '../cell-api';

/**
 * Puts names into every cell. They are globals that do not show up when one lists those, and a cell
 * may declare any of them anew for itself.
 *
 * @param folder - where `require` looks from.
 */
export function installGlobals(globals: CellGlobals, folder: string): void {
  const file = path.join(folder, 'cell.ts');
  const values = { ...globals, require: createRequire(file), __dirname: folder, __filename: file };
  for (const [name, value] of Object.entries(values)) {
    setGlobal(name, value);
  }
}

/** Sets a global that can be set again, by us or by the author. */
export function setGlobal(name: PropertyKey, value: unknown): void {
  Object.defineProperty(globalThis, name, {
    value,
    writable: true,
    configurable: true,
    enumerable: false
  });
}

/**
 * Makes `process.exit()` an error in cells: it would end the session without a word.
 *
 * @returns the real one.
 */
export function guardExit(): (code?: number) => never {
  const exit = process.exit.bind(process);
  process.exit = () => {
    throw chatOpsError('CHATOPS_CELL_EXIT', {});
  };
  return exit;
}
