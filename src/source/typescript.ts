import { originalPositionFor, TraceMap, type SourceMapInput } from '@jridgewell/trace-mapping';
import { transform, type Options } from 'sucrase';
import { chatOpsError, type ChatOpsError } from '../protocol';
import { excerpt } from './excerpt';

/** What becomes of a source's `import` and `export`. */
export type ModuleForm =
  /** They stay. Imports that only types use are dropped. */
  | 'esm'
  /** They stay, also those that nothing uses yet: a later notebook cell may. */
  | 'cell'
  /** They become `require` and `exports`. */
  | 'commonjs';

/** A place in a source. Both count from 1. */
export interface Position {
  line: number;
  column: number;
}

/**
 * Takes the types out of TypeScript. Every line keeps its number; columns may move, see
 * {@link originalPosition}. JavaScript passes unchanged.
 *
 * @param file - what error messages call the source.
 * @throws ChatOpsError `CHATOPS_SKILL_SYNTAX` with line, column and excerpt.
 */
export function stripTypes(text: string, file: string, form: ModuleForm): string {
  let code: string;
  try {
    code = transform(text, options(form)).code;
  } catch (error) {
    throw syntaxError(text, file, error as SucraseError);
  }
  refuseNamespaces(text, code, file);
  return code;
}

/** The map that was asked for last, and of what. */
let latest: { text: string; form: ModuleForm; map: TraceMap } | undefined;

/**
 * Where something in the output of {@link stripTypes} stands in the author's text.
 *
 * The map is made when it is asked for: errors are rare and maps are large.
 */
export function originalPosition(text: string, form: ModuleForm, position: Position): Position {
  // Whoever loads a module asks for the places of all its matchers, one after the other.
  if (latest?.text !== text || latest.form !== form) {
    const settings = clean({
      ...options(form),
      filePath: 'source',
      sourceMapOptions: clean({ compiledFilename: 'output' })
    });
    const { sourceMap } = transform(text, settings);
    latest = { text, form, map: new TraceMap(sourceMap as SourceMapInput) };
  }
  return placeInMap(latest.map, position) ?? position;
}

/**
 * Where a place of generated code stands in the text it was made from.
 *
 * @param map - the source map: read, as an object, or as JSON.
 * @returns nothing for code that no text stands behind.
 */
export function placeInMap(
  map: SourceMapInput | TraceMap,
  position: Position
): Position | undefined {
  const { line, column } = originalPositionFor(map instanceof TraceMap ? map : new TraceMap(map), {
    line: position.line,
    column: Math.max(0, position.column - 1)
  });
  return line === null ? undefined : { line, column: column + 1 };
}

/** A syntax error at a place of the author's text. */
export function syntaxErrorAt(
  text: string,
  file: string,
  reason: string,
  { line, column }: Position
): ChatOpsError {
  return chatOpsError(
    'CHATOPS_SKILL_SYNTAX',
    { reason: reason.replace(/\.$/, '') },
    { where: { file, line, column }, excerpt: excerpt(text, line, column) }
  );
}

/** What sucrase throws: the place is in `loc`, counted from 1, and again at the end of the message. */
interface SucraseError extends Error {
  loc?: Position;
}

function options(form: ModuleForm): Options {
  return clean({
    transforms: form === 'commonjs' ? ['typescript', 'imports'] : ['typescript'],
    keepUnusedImports: form === 'cell',
    // Node and browsers run today's JavaScript as it is.
    disableESTransforms: true,
    preserveDynamicImport: true
  });
}

/** The same without a prototype: sucrase refuses options that it does not know, and a skill may have added some there. */
function clean<Value extends object>(value: Value): Value {
  return Object.assign(Object.create(null) as object, value);
}

function syntaxError(text: string, file: string, error: SucraseError): ChatOpsError {
  const reason = error.message
    .replace(/^Error transforming .*?: /, '')
    .replace(/ \(\d+:\d+\)$/, '');
  const end = text.split('\n');
  const place = error.loc ?? { line: end.length, column: end.at(-1)!.length + 1 };
  return syntaxErrorAt(text, file, reason, place);
}

/** `namespace` with values in it is not erasable, and sucrase drops it without a word. */
function refuseNamespaces(text: string, code: string, file: string): void {
  const output = code.split('\n');
  for (const match of text.matchAll(/^([ \t]*(?:export[ \t]+)?)namespace[ \t]+[\w$.]+\s*\{/gm)) {
    const line = text.slice(0, match.index).split('\n').length;
    // Inside a string or a comment the word is still there.
    if (!output[line - 1]?.includes('namespace')) {
      throw syntaxErrorAt(
        text,
        file,
        'A `namespace` cannot be used here; use a module or an object instead',
        {
          line,
          column: match[1]!.length + 1
        }
      );
    }
  }
}
