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

/** The names that a pattern binds: `a` and `b` in `{ x: a, ...b }`. */
export function boundNames(pattern: Node): string[] {
  const node = pattern as unknown as Record<string, unknown>;
  switch (pattern.type) {
    case 'Identifier':
      return [node.name as string];
    case 'ObjectPattern':
      return (node.properties as Node[]).flatMap(boundNames);
    case 'ArrayPattern':
      return (node.elements as (Node | null)[]).flatMap(element =>
        element ? boundNames(element) : []
      );
    case 'Property':
      return boundNames(node.value as Node);
    case 'AssignmentPattern':
      return boundNames(node.left as Node);
    case 'RestElement':
      return boundNames(node.argument as Node);
    default:
      return [];
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}
