import { parse, type Node, type Program } from 'acorn';
import { stateOf, type StateReport } from './module-state';
import { originalPosition, stripTypes, syntaxErrorAt, type Position } from './typescript';

/** An import of a source: what it names, and where. */
export interface ImportRecord {
  /** The text between the quotes. */
  specifier: string;
  /** Where the specifier stands in the author's text. */
  position: Position;
  /** The names it takes, with where they stand; empty for `import 'x'` and `import * as x`. */
  names: { name: string; position: Position }[];
}

/** The name under which compiled code asks for a dynamic import; as long as the word it stands for. */
export const DYNAMIC_IMPORT = '$mport';

/** The name under which compiled code asks for `import.meta`; as long as the words it stands for. */
export const IMPORT_META = '$mport_meta';

/** A TypeScript or JavaScript module, ready to be evaluated as a function body. */
export interface ModuleSource {
  /** What the author wrote. */
  text: string;
  /** The same as CommonJS, line by line; dynamic imports call {@link DYNAMIC_IMPORT}, `import.meta` is {@link IMPORT_META}. */
  code: string;
  /** Its static imports that are needed when it runs, in order. */
  imports: ImportRecord[];
  /** True when it imports or exports anything, and so is no CommonJS file. */
  isModule: boolean;
  /** True when it awaits at its top level. */
  awaits: boolean;
  /** Whether it keeps anything from one call to the next. */
  readonly state: StateReport;
}

/**
 * Reads a module: takes the types out, finds what it imports, turns it into CommonJS.
 *
 * @param file - what errors call it.
 * @throws ChatOpsError `CHATOPS_SKILL_SYNTAX` with line, column and excerpt.
 */
export function readModule(text: string, file: string): ModuleSource {
  const program = parseModule(text, file);
  const place = (node: Node): Position =>
    originalPosition(text, 'esm', {
      line: node.loc!.start.line,
      column: node.loc!.start.column + 1
    });
  const imports: ImportRecord[] = [];
  for (const statement of program.body) {
    if (statement.type === 'ImportDeclaration') {
      const names = statement.specifiers.flatMap(specifier =>
        specifier.type === 'ImportSpecifier' && specifier.imported.type === 'Identifier'
          ? [{ name: specifier.imported.name, node: specifier }]
          : []
      );
      imports.push(lazily(String(statement.source.value), statement.source, names, place));
    } else if (
      (statement.type === 'ExportAllDeclaration' || statement.type === 'ExportNamedDeclaration') &&
      statement.source
    ) {
      imports.push(lazily(String(statement.source.value), statement.source, [], place));
    }
  }
  const awaits = contains(program, 'AwaitExpression') || contains(program, 'ForOfStatement');
  return {
    text,
    code: renameImports(stripTypes(text, file, 'commonjs')),
    imports,
    isModule: program.body.some(statement => /^(Import|Export)/.test(statement.type)),
    awaits,
    state: stateOf(program)
  };
}

/** Positions cost a source map; they are worked out when an error needs them. */
function lazily(
  specifier: string,
  node: Node,
  names: { name: string; node: Node }[],
  place: (node: Node) => Position
): ImportRecord {
  return {
    specifier,
    get position() {
      return place(node);
    },
    names: names.map(entry => ({
      name: entry.name,
      get position() {
        return place(entry.node);
      }
    }))
  };
}

/**
 * A module's syntax tree, without its types.
 *
 * @throws ChatOpsError `CHATOPS_SKILL_SYNTAX`.
 */
export function parseModule(text: string, file: string): Program {
  const stripped = stripTypes(text, file, 'esm');
  try {
    return parse(stripped, {
      ecmaVersion: 'latest',
      sourceType: 'module',
      allowAwaitOutsideFunction: true,
      allowHashBang: true,
      locations: true
    });
  } catch (error) {
    const { message, loc } = error as SyntaxError & { loc: { line: number; column: number } };
    throw syntaxErrorAt(
      text,
      file,
      message.replace(/ \(\d+:\d+\)$/, ''),
      originalPosition(text, 'esm', { line: loc.line, column: loc.column + 1 })
    );
  }
}

/** True when a node of this type stands at the top level, outside of any function or class. */
function contains(node: Node, type: 'AwaitExpression' | 'ForOfStatement'): boolean {
  if (node.type === type) {
    return type === 'AwaitExpression' || (node as Node & { await: boolean }).await;
  }
  if (/Function|^Class/.test(node.type)) {
    return false;
  }
  return Object.values(node).some(child =>
    Array.isArray(child)
      ? child.some(item => isNode(item) && contains(item, type))
      : isNode(child) && contains(child, type)
  );
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

/** `import(` and `import.meta` become names that CommonJS may use, of the same length, so columns stay. */
function renameImports(code: string): string {
  if (!/\bimport\s*[.(]/.test(code)) {
    return code;
  }
  let result = code;
  const rename = (start: number, end: number, name: string): void => {
    // Written with spaces, or over several lines, it is longer: the rest stays as it was, but for the words.
    const rest = code
      .slice(start, end)
      .replace(/\S/g, '')
      .slice(0, end - start - name.length);
    result = result.slice(0, start) + name + rest + result.slice(end);
  };
  const visit = (node: Node): void => {
    if (node.type === 'ImportExpression') {
      rename(node.start, node.start + 'import'.length, DYNAMIC_IMPORT);
    } else if (node.type === 'MetaProperty' && code.startsWith('import', node.start)) {
      rename(node.start, node.end, IMPORT_META);
    }
    for (const child of Object.values(node)) {
      for (const item of Array.isArray(child) ? child : [child]) {
        if (isNode(item)) {
          visit(item);
        }
      }
    }
  };
  visit(
    parse(code, {
      ecmaVersion: 'latest',
      sourceType: 'script',
      allowAwaitOutsideFunction: true,
      allowImportExportEverywhere: true,
      allowReturnOutsideFunction: true
    })
  );
  return result;
}
