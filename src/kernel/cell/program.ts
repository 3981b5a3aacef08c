import type { Shift } from './text-edits';

/** The name under which a running cell finds what belongs to it alone. */
export const CELL_OBJECT = '__cell';

/** The name under which it calls a dynamic import; as long as the word it stands for. */
export const IMPORT_FUNCTION = '$mport';

/** One name that an import brings into the session. */
export interface ImportBinding {
  /** The export's name, `default`, or `*` for all of them. */
  imported: string;
  local: string;
  /** False when the cell itself does not use it as a value, so that it may be a type. */
  used: boolean;
}

/** A static import of a cell. */
export interface CellImport {
  specifier: string;
  bindings: ImportBinding[];
  /** Where the specifier stands in the text without types; both count from 1. */
  line: number;
  column: number;
}

/**
 * A cell, ready to be evaluated as the body of a function.
 *
 * What it declares at its top level becomes assignments to variables of the session, so that a
 * later cell may declare the same name in any other way. All lines keep their numbers.
 */
export interface CellProgram {
  /** What the author wrote. */
  text: string;
  /** 1 when a parenthesis was put in front to read the text as an object. */
  lead: 0 | 1;
  /** Its function declarations, which come to life before everything else; empty when it has none. */
  functions: string;
  /** Everything else; returns the last expression's value as the only item of an array. */
  body: string;
  /** True when it awaits at its top level. */
  awaits: boolean;
  /** The names it declares. */
  names: string[];
  imports: CellImport[];
  /** How columns of the code differ from those of the text without types. */
  shifts: Shift[];
  /** The source map from the rewritten text to the author's, as JSON; absent where nothing was rewritten. */
  map?: string;
}

/** The text that positions of a program's code without types refer to. */
export function readableText({ text, lead }: Pick<CellProgram, 'text' | 'lead'>): string {
  return lead === 1 ? wrapObject(text) : text;
}

/** A text in parentheses, so that it reads as an object and not as a block. */
export function wrapObject(text: string): string {
  return `(${text.replace(/;?\s*$/, '')})`;
}
