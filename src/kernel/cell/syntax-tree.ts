import type { Node } from 'acorn';

/** The nodes right below a node, in the order of the text. */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (const value of Object.values(node)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (isNode(item)) {
        children.push(item);
      }
    }
  }
  return children;
}

/** True for what opens a scope of its own for `var` and `await`: functions and the bodies of classes. */
export function isFunctionLike(node: Node): boolean {
  return (
    node.type === 'FunctionDeclaration' ||
    node.type === 'FunctionExpression' ||
    node.type === 'ArrowFunctionExpression' ||
    node.type === 'PropertyDefinition' ||
    node.type === 'StaticBlock'
  );
}

/** Visits a node and what is below it. A visitor that answers false keeps the visit from going deeper. */
export function visit(
  node: Node,
  visitor: (node: Node, parent: Node | undefined) => boolean | void,
  parent?: Node
): void {
  if (visitor(node, parent) !== false) {
    for (const child of childrenOf(node)) {
      visit(child, visitor, node);
    }
  }
}

/** An identifier. */
export type Name = Node & { name: string };

/** The names that a pattern binds: `a` and `b` in `{ x: a, ...b }`. */
export function boundNames(pattern: Node): string[] {
  return boundIdentifiers(pattern).map(({ name }) => name);
}

/** The same as nodes. */
export function boundIdentifiers(pattern: Node): Name[] {
  const node = pattern as unknown as Record<string, unknown>;
  switch (pattern.type) {
    case 'Identifier':
      return [pattern as Name];
    case 'ObjectPattern':
      return (node.properties as Node[]).flatMap(boundIdentifiers);
    case 'ArrayPattern':
      return (node.elements as (Node | null)[]).flatMap(element =>
        element ? boundIdentifiers(element) : []
      );
    case 'Property':
      return boundIdentifiers(node.value as Node);
    case 'AssignmentPattern':
      return boundIdentifiers(node.left as Node);
    case 'RestElement':
      return boundIdentifiers(node.argument as Node);
    default:
      return [];
  }
}

/** The identifiers that something is assigned to, other than where they are declared. */
export function assignedIdentifiers(program: Node): Set<Node> {
  const found = new Set<Node>();
  visit(program, node => {
    const { left, argument } = node as unknown as { left: Node; argument: Node };
    const target =
      node.type === 'AssignmentExpression'
        ? left
        : node.type === 'UpdateExpression'
          ? argument
          : node.type === 'ForInStatement' || node.type === 'ForOfStatement'
            ? left
            : undefined;
    if (target) {
      boundIdentifiers(target).forEach(identifier => found.add(identifier));
    }
  });
  return found;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}
