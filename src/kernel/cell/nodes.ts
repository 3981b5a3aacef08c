import type { Node } from 'acorn';

/** The text literal that names a module. */
export interface SourceNode {
  value: string;
  /** Its offset in the text. */
  start: number;
}

/** A function or class with its name, if it has one. */
export type NamedNode = Node & { id: (Node & { name: string }) | null };

/** An `import` declaration. */
export type ImportNode = Node & {
  source: SourceNode;
  specifiers: {
    type: string;
    imported?: { name?: string; value?: string };
    local: { name: string };
  }[];
};

/** Any kind of `export` declaration. */
export type ExportNode = Node & { declaration?: Node | null; source?: SourceNode | null };

/** A declaration by `var`, `let` or `const`. */
export type VariableNode = Node & {
  kind: 'var' | 'let' | 'const';
  declarations: (Node & { id: Node; init: Node | null })[];
};
