import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
  type Scalar,
  type ScalarTag
} from 'yaml';
import { ChatOpsError, chatOpsError, reasonOf, type ErrorRecord, type Where } from '../../protocol';
import { excerpt } from '../../source';

/** A step into a configuration: a key or a place in a list. */
export type Path = readonly (string | number)[];

/** A path as people write it: `skills[0].path`. */
export function formatPath(path: Path): string {
  return path.reduce<string>(
    (text, step) =>
      typeof step === 'number' ? `${text}[${step}]` : text ? `${text}.${step}` : step,
    ''
  );
}

/** A text scalar of a YAML file, and whether it was written in quotes. */
export interface ScalarText {
  value: string;
  quoted: boolean;
}

/** A file that another one includes. */
export interface IncludedText {
  text: string;
  /** What errors call it; also what its own includes are relative to. */
  file: string;
}

/**
 * Reads a file that is included.
 *
 * @param name - as it stands behind `!include`.
 * @param from - the file that includes it, as errors call it.
 * @throws what keeps it from being read.
 */
export type Include = (name: string, from: string) => IncludedText;

/** What the yaml library shall make of `!include`: the name, which is looked up later. */
export const includeTag: ScalarTag = { tag: '!include', resolve: name => name };

/** A YAML file whose values know where they stand, those of the files it includes too. */
export class PositionedYaml {
  /** What was read in the place of each `!include`. */
  private readonly included = new Map<unknown, PositionedYaml>();

  private constructor(
    private readonly document: Document.Parsed,
    private readonly lines: LineCounter,
    readonly text: string,
    readonly file: string
  ) {}

  /**
   * Reads YAML; JSON is YAML too, but for what YAML alone lets pass.
   *
   * @param file - what errors call it; `.json` at its end asks for JSON.
   * @throws ChatOpsError `CHATOPS_CONFIG_SYNTAX` with line and column.
   */
  static parse(text: string, file: string): PositionedYaml {
    const lines = new LineCounter();
    const document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      customTags: [includeTag]
    });
    const yaml = new PositionedYaml(document, lines, text, file);
    const [error] = document.errors;
    if (error) {
      const reason = error.message.replace(/\.$/, '');
      throw chatOpsError('CHATOPS_CONFIG_SYNTAX', { reason }, yaml.placeAt(error.pos[0]));
    }
    if (file.endsWith('.json')) {
      yaml.requireJson();
    }
    return yaml;
  }

  /** @throws ChatOpsError `CHATOPS_CONFIG_SYNTAX` for what is YAML only: a key without a value, a comment. */
  private requireJson(): void {
    try {
      JSON.parse(this.text);
    } catch (error) {
      const { message } = error as Error;
      const reason = message
        .replace(/ in JSON at position.*$|, "[^]*$/, '')
        .replace(/^JSON\.parse: /, '');
      const [, at] = /at position (\d+)/.exec(message) ?? [];
      throw chatOpsError(
        'CHATOPS_CONFIG_SYNTAX',
        { reason },
        at === undefined ? { where: { file: this.file } } : this.placeAt(Number(at))
      );
    }
  }

  /**
   * Puts the content of other files in the place of each `!include`.
   *
   * @returns what is wrong with those files; what includes them is nothing then.
   */
  include(read: Include, around: readonly string[] = []): ErrorRecord[] {
    const errors: ErrorRecord[] = [];
    visit(this.document, {
      Scalar: (_, node) => {
        if (node.tag === includeTag.tag) {
          errors.push(...this.includeAt(node, read, [...around, this.file]));
        }
      }
    });
    return errors;
  }

  /** The files it is made of, itself first, as errors call them. */
  get files(): string[] {
    return [this.file, ...[...this.included.values()].flatMap(({ files }) => files)];
  }

  /**
   * The file's content as plain values.
   *
   * @param replace - called with each text; what it returns stands in its place.
   */
  toValue(replace: (text: ScalarText, path: Path) => unknown): unknown {
    return this.valueOf(this.document.contents, [], replace);
  }

  private includeAt(node: Scalar, read: Include, around: readonly string[]): ErrorRecord[] {
    const name = String(node.value);
    try {
      const { text, file } = read(name, this.file);
      if (around.includes(file)) {
        throw new Error('it includes itself');
      }
      const yaml = PositionedYaml.parse(text, file);
      this.included.set(node, yaml);
      return yaml.include(read, around);
    } catch (error) {
      return [
        error instanceof ChatOpsError
          ? error.record
          : chatOpsError(
              'CHATOPS_CONFIG_INCLUDE',
              { file: name, reason: reasonOf(error) },
              { cause: error, ...this.placeAt(node.range![0]) }
            ).record
      ];
    }
  }

  /** Where a value stands; or, when there is none at this path, the nearest one around it. */
  place(path: Path): Pick<ErrorRecord, 'where' | 'excerpt'> {
    for (let length = path.length; length >= 0; length--) {
      const node = this.document.getIn(path.slice(0, length), true) as Node | undefined;
      const included = this.included.get(node);
      if (included) {
        return included.place(path.slice(length));
      }
      if (node?.range) {
        return this.placeAt(node.range[0]);
      }
    }
    return { where: { file: this.file } };
  }

  /** Where a key stands, for errors about the key itself. */
  keyPlace(path: Path): Pick<ErrorRecord, 'where' | 'excerpt'> {
    const parent = this.document.getIn(path.slice(0, -1), true);
    const pair = isMap(parent)
      ? parent.items.find(item => isScalar(item.key) && item.key.value === path.at(-1))
      : undefined;
    const range = isScalar(pair?.key) ? pair.key.range : undefined;
    const [included, rest] = this.includedAround(path);
    if (included) {
      return included.keyPlace(rest);
    }
    return range ? this.placeAt(range[0]) : this.place(path);
  }

  private includedAround(path: Path): [PositionedYaml | undefined, Path] {
    for (let length = path.length - 1; length >= 0; length--) {
      const included = this.included.get(this.document.getIn(path.slice(0, length), true));
      if (included) {
        return [included, path.slice(length)];
      }
    }
    return [undefined, path];
  }

  private placeAt(offset: number): { where: Where; excerpt: string } {
    const { line, col } = this.lines.linePos(offset);
    return {
      where: { file: this.file, line, column: col },
      excerpt: excerpt(this.text, line, col)
    };
  }

  private valueOf(
    node: unknown,
    path: Path,
    replace: (text: ScalarText, path: Path) => unknown
  ): unknown {
    if (isAlias(node)) {
      return this.valueOf(node.resolve(this.document), path, replace);
    }
    if (isMap(node)) {
      return Object.fromEntries(
        node.items.map(({ key, value }) => {
          const name = String(isScalar(key) ? key.value : key);
          return [name, this.valueOf(value, [...path, name], replace)];
        })
      );
    }
    if (isSeq(node)) {
      return node.items.map((item, i) => this.valueOf(item, [...path, i], replace));
    }
    const included = this.included.get(node);
    if (included) {
      return included.valueOf(included.document.contents, path, replace);
    }
    if (isScalar(node) && node.tag === includeTag.tag) {
      return null;
    }
    if (isScalar(node)) {
      return typeof node.value === 'string'
        ? replace({ value: node.value, quoted: node.type !== 'PLAIN' }, path)
        : node.value;
    }
    return null;
  }
}
