import type { Node, Program } from 'acorn';
import { childrenOf, isFunctionLike, visit } from './syntax-tree';

/** True when something awaits outside of any function. */
export function awaitsAtTop(node: Node): boolean {
  if (node.type === 'AwaitExpression') {
    return true;
  }
  if (node.type === 'ForOfStatement' && (node as Node & { await: boolean }).await) {
    return true;
  }
  return !isFunctionLike(node) && childrenOf(node).some(awaitsAtTop);
}

/** Every name that is used as a value somewhere. */
export function usedNames(program: Program): Set<string> {
  const names = new Set<string>();
  visit(program, (node, parent) => {
    if (node.type === 'ImportDeclaration') {
      return false;
    }
    if (node.type === 'Identifier') {
      const { property, key, computed, shorthand } = (parent ?? {}) as Record<string, unknown>;
      const isLabel = (property === node || key === node) && computed !== true;
      if (!isLabel || shorthand === true) {
        names.add((node as Node & { name: string }).name);
      }
    }
    return true;
  });
  return names;
}
