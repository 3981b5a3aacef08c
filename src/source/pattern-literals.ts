import type { Node } from 'acorn';
import { parseModule } from './module-source';
import { originalPosition, type Position } from './typescript';

/** A pattern as it is written where a matcher is made. */
export interface PatternLiteral {
  /** The function that is called, such as `matchRegex`. */
  call: string;
  /** A regular expression's source, or a text's content. */
  pattern: string;
  /** A regular expression's flags; nothing for a text. */
  flags?: string;
  position: Position;
}

type AnyNode = Node & Readonly<Record<string, unknown>>;

/**
 * The patterns that a module gives to functions as their first argument, without running it.
 *
 * @param functions - the names of these functions.
 * @throws ChatOpsError `CHATOPS_SKILL_SYNTAX`.
 */
export function patternLiterals(
  text: string,
  file: string,
  functions: ReadonlySet<string>
): PatternLiteral[] {
  const found: PatternLiteral[] = [];
  const visit = (node: AnyNode): void => {
    const literal = node.type === 'CallExpression' ? literalOf(node, functions) : undefined;
    if (literal) {
      const { line, column } = literal.node.loc!.start;
      const position = originalPosition(text, 'esm', { line, column: column + 1 });
      found.push({ ...literal.found, position });
    }
    for (const child of Object.values(node)) {
      for (const item of Array.isArray(child) ? child : [child]) {
        if (typeof (item as AnyNode | null)?.type === 'string') {
          visit(item as AnyNode);
        }
      }
    }
  };
  visit(parseModule(text, file) as unknown as AnyNode);
  return found;
}

function literalOf(
  node: AnyNode,
  functions: ReadonlySet<string>
): { node: AnyNode; found: Omit<PatternLiteral, 'position'> } | undefined {
  const callee = node.callee as AnyNode;
  const call = String(callee.name ?? '');
  const [first] = node.arguments as (AnyNode | undefined)[];
  if (!functions.has(call) || first?.type !== 'Literal') {
    return undefined;
  }
  const regex = first.regex as { pattern: string; flags: string } | undefined;
  if (regex) {
    return { node: first, found: { call, ...regex } };
  }
  return typeof first.value === 'string'
    ? { node: first, found: { call, pattern: first.value } }
    : undefined;
}
