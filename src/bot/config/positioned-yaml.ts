import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node
} from 'yaml';
import { chatOpsError, type ErrorRecord, type Where } from '../../protocol';
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

/** A YAML file whose values know where they stand. */
export class PositionedYaml {
  private constructor(
    private readonly document: Document.Parsed,
    private readonly lines: LineCounter,
    readonly text: string,
    readonly file: string
  ) {}

  /**
   * Reads YAML; JSON is YAML too.
   *
   * @param file - what errors call it.
   * @throws ChatOpsError `CHATOPS_CONFIG_SYNTAX` with line and column.
   */
  static parse(text: string, file: string): PositionedYaml {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
    const yaml = new PositionedYaml(document, lines, text, file);
    const [error] = document.errors;
    if (error) {
      const reason = error.message.replace(/\.$/, '');
      throw chatOpsError('CHATOPS_CONFIG_SYNTAX', { reason }, yaml.placeAt(error.pos[0]));
    }
    return yaml;
  }

  /**
   * The file's content as plain values.
   *
   * @param replace - called with each text; what it returns stands in its place.
   */
  toValue(replace: (text: ScalarText, path: Path) => unknown): unknown {
    return this.valueOf(this.document.contents, [], replace);
  }

  /** Where a value stands; or, when there is none at this path, the nearest one around it. */
  place(path: Path): Pick<ErrorRecord, 'where' | 'excerpt'> {
    for (let length = path.length; length >= 0; length--) {
      const node = this.document.getIn(path.slice(0, length), true) as Node | undefined;
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
    return range ? this.placeAt(range[0]) : this.place(path);
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
    if (isScalar(node)) {
      return typeof node.value === 'string'
        ? replace({ value: node.value, quoted: node.type !== 'PLAIN' }, path)
        : node.value;
    }
    return null;
  }
}
