import type { Node, Program } from 'acorn';
import { boundNames, childrenOf, isFunctionLike, visit, type Name } from './syntax-tree';

/** A place where a name of the session is read or written. */
export interface Reference {
  node: Name;
  /** True in `{ name }`, where the word is a property's key as well. */
  shorthand: boolean;
}

/** Names that an inner scope has for itself. */
type Hidden = ReadonlySet<string>;

type Fields = Record<string, unknown>;

/**
 * The places in a cell that mean some names of the session, and not variables of the same name in
 * functions and blocks. Where a name is declared as function or class is not among them.
 */
export function referencesTo(program: Program, names: ReadonlySet<string>): Reference[] {
  const found: Reference[] = [];
  new ReferenceFinder(names, found).walkAll(program.body, new Set());
  return found;
}

class ReferenceFinder {
  constructor(
    private readonly names: ReadonlySet<string>,
    private readonly found: Reference[]
  ) {}

  walkAll(nodes: readonly (Node | null | undefined)[], hidden: Hidden): void {
    for (const node of nodes) {
      if (node) {
        this.walk(node, hidden);
      }
    }
  }

  private walk(node: Node, hidden: Hidden): void {
    const fields = node as unknown as Fields;
    switch (node.type) {
      case 'Identifier':
        this.reference(node as Name, hidden, false);
        break;
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        this.function(fields, hidden);
        break;
      case 'ClassDeclaration':
      case 'ClassExpression':
        this.walkAll(
          [fields.superClass as Node | null, fields.body as Node],
          and(hidden, fields.id ? boundNames(fields.id as Node) : [])
        );
        break;
      case 'BlockStatement':
      case 'StaticBlock':
        this.walkAll(fields.body as Node[], and(hidden, blockNames(node)));
        break;
      case 'SwitchStatement':
        this.walk(fields.discriminant as Node, hidden);
        this.walkAll(
          fields.cases as Node[],
          and(hidden, (fields.cases as Node[]).flatMap(blockNames))
        );
        break;
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
        this.walkAll(
          childrenOf(node),
          and(hidden, lexicalNames((fields.init ?? fields.left) as Node | null))
        );
        break;
      case 'CatchClause':
        this.walkAll(
          childrenOf(node),
          and(hidden, fields.param ? boundNames(fields.param as Node) : [])
        );
        break;
      case 'Property':
      case 'MethodDefinition':
      case 'PropertyDefinition':
        this.property(fields, hidden);
        break;
      case 'MemberExpression':
        this.walk(fields.object as Node, hidden);
        if (fields.computed === true) {
          this.walk(fields.property as Node, hidden);
        }
        break;
      case 'LabeledStatement':
        this.walk(fields.body as Node, hidden);
        break;
      case 'ExportNamedDeclaration':
        this.walkAll([fields.declaration as Node | null], hidden);
        break;
      case 'BreakStatement':
      case 'ContinueStatement':
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
      case 'MetaProperty':
        break;
      default:
        this.walkAll(childrenOf(node), hidden);
    }
  }

  private function(fields: Fields, hidden: Hidden): void {
    const params = fields.params as Node[];
    const body = fields.body as Node;
    const own = and(hidden, [
      ...params.flatMap(boundNames),
      ...(fields.type === 'FunctionExpression' && fields.id ? boundNames(fields.id as Node) : []),
      ...hoistedNames(body)
    ]);
    this.walkAll([...params, body], own);
  }

  private property({ key, value, computed, shorthand }: Fields, hidden: Hidden): void {
    if (computed === true) {
      this.walk(key as Node, hidden);
    }
    const target = value as (Node & { left?: Node; right?: Node }) | null;
    if (shorthand !== true) {
      this.walkAll([target], hidden);
    } else if (target?.type === 'AssignmentPattern') {
      this.reference(target.left as Name, hidden, true);
      this.walkAll([target.right], hidden);
    } else {
      this.reference(target as Name, hidden, true);
    }
  }

  private reference(node: Name, hidden: Hidden, shorthand: boolean): void {
    if (this.names.has(node.name) && !hidden.has(node.name)) {
      this.found.push({ node, shorthand });
    }
  }
}

function and(hidden: Hidden, names: readonly string[]): Hidden {
  return names.length === 0 ? hidden : new Set([...hidden, ...names]);
}

/** The names that the statements right in a block or a case declare for it. */
function blockNames(block: Node): string[] {
  const { body, consequent } = block as unknown as { body?: Node[]; consequent?: Node[] };
  const names = (body ?? consequent ?? []).flatMap(lexicalNames);
  return block.type === 'StaticBlock' ? [...names, ...hoistedNames(block)] : names;
}

/** The names that a statement declares for the block around it. */
function lexicalNames(statement: Node | null | undefined): string[] {
  const { kind, declarations, id } = (statement ?? {}) as {
    kind?: string;
    declarations?: { id: Node }[];
    id?: Node;
  };
  switch (statement?.type) {
    case 'VariableDeclaration':
      return kind === 'var' ? [] : declarations!.flatMap(declaration => boundNames(declaration.id));
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return boundNames(id!);
    default:
      return [];
  }
}

/** The names that `var` declares anywhere in a function's body. */
function hoistedNames(body: Node): string[] {
  const names: string[] = [];
  visit(body, node => {
    if (node !== body && isFunctionLike(node)) {
      return false;
    }
    const { kind, declarations } = node as unknown as {
      kind?: string;
      declarations?: { id: Node }[];
    };
    if (node.type === 'VariableDeclaration' && kind === 'var') {
      names.push(...declarations!.flatMap(declaration => boundNames(declaration.id)));
    }
    return true;
  });
  return names;
}
