import { tokensOf, type Token } from '../../source';
import { declarationsOf, type Declaration } from './declarations';

/** How the names of virtual files begin, so that nobody takes them for files of their own. */
export const VIRTUAL = '__chatops_';

/** Cells that know each other: a virtual module. */
interface Chapter {
  /** The module's name, without an extension. */
  name: string;
  body: string;
  /** What stands behind the names it has from elsewhere. */
  imports: Map<string, Chapter>;
  /** The names it declares. */
  exports: Set<string>;
  /** Its import statements, to leave out those that come again. */
  statements: Set<string>;
}

/** What TypeScript's server is to know of a text. */
export interface Reading {
  /** One line to put above the text, which brings the names of earlier cells. */
  header: string;
  /** Names that it declares itself and earlier cells declared as well. */
  redeclared: ReadonlySet<string>;
}

/**
 * The cells that ran, as modules that TypeScript understands.
 *
 * A cell may declare again, with another type, what an earlier one declared, and a value keeps the
 * type it had when it was made. So cells are gathered in one module for as long as no name comes
 * twice; the cell that declares one again begins another module. Each module imports the names it
 * uses from the module that declared them last, and a module from which nothing is needed any more
 * is dropped. Few large modules cost TypeScript's server far less than one for each cell.
 */
export class SessionModel {
  private readonly owners = new Map<string, Chapter>();
  private current: Chapter | undefined;
  private chapters: Chapter[] = [];
  private count = 0;

  /** The names that cells have declared. */
  get names(): ReadonlySet<string> {
    return new Set(this.owners.keys());
  }

  /** The virtual modules that are needed, as name and text. */
  get modules(): { name: string; text: string }[] {
    return this.chapters.map(chapter => ({ name: chapter.name, text: textOf(chapter) }));
  }

  /**
   * What a text sees of the cells so far.
   *
   * @param every - brings all names, for an editor that offers them; else those that it uses.
   */
  read(text: string, { every = false }: { every?: boolean } = {}): Reading {
    const tokens = tokensOf(text);
    const own = new Set(declarationsOf(tokens).flatMap(({ names }) => names));
    const used = every ? this.names : usedNames(tokens);
    const imports = new Map<string, Chapter>();
    for (const name of used) {
      const owner = this.owners.get(name);
      if (owner && !own.has(name)) {
        imports.set(name, owner);
      }
    }
    return {
      header: importLine(imports),
      redeclared: new Set([...own].filter(name => this.owners.has(name)))
    };
  }

  /**
   * Takes note of a cell that runs.
   *
   * @param values - the names that it declares as variables, as they are known from compiling it.
   */
  add(text: string, values: readonly string[]): void {
    const tokens = tokensOf(text);
    const declarations = declarationsOf(tokens);
    const names = new Set([
      ...values,
      ...declarations.flatMap(declaration =>
        declaration.kind === 'value' ? [] : declaration.names
      )
    ]);
    if (names.size === 0) {
      return;
    }
    const fresh = withoutRepeatedImports(text, declarations, this.current);
    const bound = [...names].filter(name => !fresh.repeated.has(name));
    if (!this.current || bound.some(name => isBound(this.current!, name))) {
      this.current = newChapter(`${VIRTUAL}${++this.count}`);
      this.chapters.push(this.current);
      this.put(this.current, text, tokens, declarations, [...names]);
    } else {
      this.put(this.current, fresh.text, tokens, declarations, bound);
    }
    this.dropUnneeded();
  }

  private put(
    chapter: Chapter,
    text: string,
    tokens: readonly Token[],
    declarations: readonly Declaration[],
    names: readonly string[]
  ): void {
    chapter.body += `${withoutExports(text)}\n;\n`;
    declarations
      .filter(({ kind }) => kind === 'import')
      .forEach(declaration => chapter.statements.add(statementOf(text, declaration)));
    for (const name of usedNames(tokens)) {
      const owner = this.owners.get(name);
      if (owner && owner !== chapter && !names.includes(name) && !chapter.exports.has(name)) {
        chapter.imports.set(name, owner);
      }
    }
    for (const name of names) {
      chapter.exports.add(name);
      this.owners.set(name, chapter);
    }
  }

  private dropUnneeded(): void {
    const needed = new Set<Chapter>(this.current && [this.current]);
    const open = [...new Set(this.owners.values()), ...needed];
    for (let chapter = open.pop(); chapter; chapter = open.pop()) {
      needed.add(chapter);
      open.push(...[...chapter.imports.values()].filter(other => !needed.has(other)));
    }
    this.chapters = this.chapters.filter(chapter => needed.has(chapter));
  }
}

function newChapter(name: string): Chapter {
  return { name, body: '', imports: new Map(), exports: new Set(), statements: new Set() };
}

function isBound({ imports, exports }: Chapter, name: string): boolean {
  return imports.has(name) || exports.has(name);
}

function textOf({ imports, body, exports }: Chapter): string {
  return `${importLine(imports)}\n${body}export { ${[...exports].join(', ')} };\n`;
}

function importLine(imports: ReadonlyMap<string, Chapter>): string {
  const byModule = new Map<string, string[]>();
  for (const [name, chapter] of imports) {
    byModule.set(chapter.name, [...(byModule.get(chapter.name) ?? []), name]);
  }
  return Array.from(
    byModule,
    ([module, names]) => `import { ${names.join(', ')} } from './${module}';`
  ).join(' ');
}

function usedNames(tokens: readonly Token[]): Set<string> {
  const names = new Set<string>();
  tokens.forEach(({ kind, text }, index) => {
    if (kind === 'name' && !/^\??\.$/.test(tokens[index - 1]?.text ?? '')) {
      names.add(text);
    }
  });
  return names;
}

/** Cells often begin with the same imports; within one module each can stand only once. */
function withoutRepeatedImports(
  text: string,
  declarations: readonly Declaration[],
  chapter: Chapter | undefined
): { text: string; repeated: ReadonlySet<string> } {
  const repeated = declarations.filter(
    declaration =>
      declaration.kind === 'import' && chapter?.statements.has(statementOf(text, declaration))
  );
  let rest = text;
  for (const { start, end } of repeated.toReversed()) {
    rest = rest.slice(0, start) + rest.slice(end);
  }
  return { text: rest, repeated: new Set(repeated.flatMap(({ names }) => names)) };
}

/** The module exports everything itself, at its end. */
function withoutExports(text: string): string {
  const declarations = declarationsOf(tokensOf(text)).filter(({ kind }) => kind !== 'import');
  let rest = text;
  for (const { start } of declarations.toReversed()) {
    rest = rest.slice(0, start) + rest.slice(start).replace(/^export\s+(?!default)/, '');
  }
  return rest;
}

function statementOf(text: string, { start, end }: Declaration): string {
  return text.slice(start, end).replace(/\s+/g, ' ');
}
