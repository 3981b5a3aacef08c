/** A word or sign of TypeScript. */
export interface Token {
  kind: 'name' | 'text' | 'sign';
  text: string;
  /** Offsets in UTF-16 code units. */
  start: number;
  end: number;
  /** True when it is the first of its line. */
  newline: boolean;
  /** How many brackets are open around it. */
  depth: number;
}

const SPACE = /(?:[\s\uFEFF]|\/\/[^\n]*|\/\*[^]*?(?:\*\/|$))+/y;
const NAME = /[#\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy;
const NUMBER = /\.?\d[\w.]*/y;
const STRING = /"(?:[^"\\\n]|\\[^])*"?|'(?:[^'\\\n]|\\[^])*'?/y;
const REGEXP = /\/(?![*/])(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\]?)+\/[a-z]*/y;
const TEMPLATE = /(?:[^`\\$]|\\[^]|\$(?!\{))*(?:`|\$\{|$)/y;
const SIGN = /=>|\?\.|\.{3}|[^]/y;

/** Words behind which a slash begins a regular expression, although they look like names. */
const BEFORE_EXPRESSION = new Set(
  'return typeof instanceof in of new delete void throw case do else await yield'.split(' ')
);

/**
 * Takes a text apart, however unfinished it is: an editor asks while people write. What a parser
 * would have to know to tell a division from a regular expression is guessed from the word before.
 */
export function tokensOf(text: string): Token[] {
  return new Tokenizer(text).run();
}

class Tokenizer {
  private readonly tokens: Token[] = [];
  /** Depths at which a template goes on when the brace closes. */
  private readonly templates: number[] = [];
  private position = 0;
  private depth = 0;
  private newline = true;

  constructor(private readonly text: string) {}

  run(): Token[] {
    while (this.position < this.text.length) {
      const space = this.match(SPACE);
      if (space !== undefined) {
        this.newline ||= space.includes('\n');
      } else {
        this.token();
      }
    }
    return this.tokens;
  }

  private token(): void {
    const character = this.text[this.position]!;
    if (character === '`') {
      this.position++;
      this.template(this.position - 1);
    } else if (character === '}' && this.templates.at(-1) === this.depth - 1) {
      this.templates.pop();
      this.depth--;
      this.position++;
      this.template(this.position - 1);
    } else if (!this.take('name', NAME)) {
      const isText =
        this.take('text', NUMBER) ||
        this.take('text', STRING) ||
        (this.expectsValue() && this.take('text', REGEXP));
      if (!isText) {
        this.sign(character);
      }
    }
  }

  private template(start: number): void {
    const part = this.match(TEMPLATE)!;
    this.push('text', start, this.depth);
    if (part.endsWith('${')) {
      this.templates.push(this.depth);
      this.depth++;
    }
  }

  private sign(character: string): void {
    if (/[)\]}]/.test(character)) {
      this.depth = Math.max(0, this.depth - 1);
    }
    this.take('sign', SIGN);
    if (/[([{]/.test(character)) {
      this.depth++;
    }
  }

  private expectsValue(): boolean {
    const before = this.tokens.at(-1);
    return (
      before === undefined ||
      (before.kind === 'sign' && !/^[)\]}]$/.test(before.text)) ||
      (before.kind === 'name' && BEFORE_EXPRESSION.has(before.text))
    );
  }

  private take(kind: Token['kind'], expression: RegExp): boolean {
    const start = this.position;
    if (this.match(expression) === undefined) {
      return false;
    }
    this.push(kind, start, this.depth);
    return true;
  }

  private push(kind: Token['kind'], start: number, depth: number): void {
    const { position: end, newline } = this;
    this.tokens.push({ kind, text: this.text.slice(start, end), start, end, newline, depth });
    this.newline = false;
  }

  private match(expression: RegExp): string | undefined {
    expression.lastIndex = this.position;
    const found = expression.exec(this.text)?.[0];
    if (found === undefined) {
      return undefined;
    }
    this.position += found.length;
    return found;
  }
}
