import type { Token } from '../../source';

/** Names that a text declares at its top level by one statement. */
export interface Declaration {
  kind: 'value' | 'type' | 'import';
  names: string[];
  /** The statement, as offsets; its end is known for imports only. */
  start: number;
  end: number;
}

/** What may stand in front of a declaration. */
const MODIFIERS = new Set('export default declare abstract async'.split(' '));

/** Signs behind which an expression cannot be over. */
const OPEN_ENDED = /^(?:[=+\-*/%&|^!~?:<,.([{]|=>|\?\.|\.{3})$/;

/** Signs with which a line goes on with the expression of the line before. */
const CONTINUING = /^(?:[=+\-*/%&|^?:<>,.([)\]}]|=>|\?\.)$/;

/**
 * What a text declares at its top level, as far as it can be told from unfinished code: variables,
 * functions, classes, enums, types and imports. `var` in blocks is not among it.
 */
export function declarationsOf(tokens: readonly Token[]): Declaration[] {
  return new DeclarationReader(tokens).read();
}

class DeclarationReader {
  private readonly found: Declaration[] = [];
  private index = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  read(): Declaration[] {
    while (this.index < this.tokens.length) {
      if (this.isStart(this.index)) {
        this.statement();
      } else {
        this.index++;
      }
    }
    return this.found;
  }

  private isStart(index: number): boolean {
    const token = this.tokens[index]!;
    const before = this.tokens[index - 1];
    if (token.depth > 0 || token.kind !== 'name') {
      return false;
    }
    return (
      before === undefined ||
      (before.kind === 'sign' && /^[;}]$/.test(before.text)) ||
      (token.newline && !(before.kind === 'sign' && OPEN_ENDED.test(before.text)))
    );
  }

  private statement(): void {
    const { start } = this.tokens[this.index]!;
    while (MODIFIERS.has(this.word())) {
      this.index++;
    }
    const word = this.word();
    this.index++;
    switch (word) {
      case 'const':
      case 'let':
      case 'var':
      case 'using':
        if (word === 'const' && this.word() === 'enum') {
          this.index++;
          this.named('value', start);
        } else {
          this.variables(start);
        }
        break;
      case 'await':
        if (this.word() === 'using') {
          this.index++;
          this.variables(start);
        }
        break;
      case 'function':
        if (this.word() === '*') {
          this.index++;
        }
        this.named('value', start);
        break;
      case 'class':
      case 'enum':
        this.named('value', start);
        break;
      case 'interface':
      case 'type':
        this.named('type', start);
        break;
      case 'import':
        this.import(start);
        break;
    }
  }

  private named(kind: Declaration['kind'], start: number): void {
    const token = this.tokens[this.index];
    if (token?.kind === 'name' && !token.newline) {
      this.add(kind, [token.text], start, token.end);
    }
  }

  private variables(start: number): void {
    const names: string[] = [];
    do {
      this.pattern(names);
    } while (this.toNextDeclarator());
    this.add('value', names, start, this.tokens[this.index - 1]?.end ?? start);
  }

  /** Reads what a declarator binds, and stands behind it. */
  private pattern(names: string[]): void {
    const token = this.tokens[this.index];
    if (token?.kind === 'name') {
      this.index++;
      if (!/^(?:[>.(]|\?\.)$/.test(this.word())) {
        names.push(token.text);
      }
    } else if (token && /^[{[]$/.test(token.text)) {
      this.destructuring(names, token.text === '{');
    }
  }

  private destructuring(names: string[], isObject: boolean): void {
    const { depth } = this.tokens[this.index]!;
    this.index++;
    while (this.index < this.tokens.length && this.tokens[this.index]!.depth > depth) {
      this.index += this.word() === '...' ? 1 : 0;
      if (isObject && this.tokens[this.index + 1]?.text === ':') {
        this.index += 2;
      }
      this.pattern(names);
      // A default value, up to the next element.
      while (this.index < this.tokens.length && this.tokens[this.index]!.depth > depth) {
        const { text, depth: at } = this.tokens[this.index]!;
        this.index++;
        if (text === ',' && at === depth + 1) {
          break;
        }
      }
    }
    this.index++;
  }

  /** Goes past a declarator's type and value; true when a comma brings another declarator. */
  private toNextDeclarator(): boolean {
    for (; this.index < this.tokens.length; this.index++) {
      const { text, depth, kind, newline } = this.tokens[this.index]!;
      const before = this.tokens[this.index - 1];
      if (depth > 0) {
        continue;
      }
      const goesOn = kind === 'sign' && CONTINUING.test(text);
      const mayEnd = !(before?.kind === 'sign' && OPEN_ENDED.test(before.text));
      if (text === ';' || (newline && mayEnd && !goesOn)) {
        return false;
      }
      if (text === ',') {
        this.index++;
        return true;
      }
    }
    return false;
  }

  private import(start: number): void {
    const names: string[] = [];
    let isClause = true;
    for (; this.index < this.tokens.length; this.index++) {
      const { kind, text } = this.tokens[this.index]!;
      const next = this.tokens[this.index + 1];
      if (kind === 'text') {
        this.index++;
        if (next?.text === 'with' && !next.newline) {
          this.pastAttributes();
        }
        break;
      }
      if (/^[(.]$|^;$/.test(text)) {
        // `import(…)` and `import.meta` bring no names.
        return;
      }
      isClause &&= text !== 'from' || next?.kind !== 'text';
      const isWord = kind === 'name' && text !== 'as';
      const isType = text === 'type' && next !== undefined && /^[\p{L}_$*{]/u.test(next.text);
      const isTypeWord = isType && next.text !== 'from';
      if (isClause && isWord && !isTypeWord && next?.text !== 'as') {
        names.push(text);
      }
    }
    this.add('import', names, start, this.tokens[this.index - 1]!.end);
  }

  /** `with { type: 'json' }` */
  private pastAttributes(): void {
    do {
      this.index++;
    } while (this.index < this.tokens.length && this.word() !== '}');
    this.index++;
  }

  private word(): string {
    return this.tokens[this.index]?.text ?? '';
  }

  private add(kind: Declaration['kind'], names: string[], start: number, end: number): void {
    this.found.push({ kind, names, start, end });
  }
}
