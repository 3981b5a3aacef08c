import { getLineInfo, type Node, type Program } from 'acorn';
import { tokensOf } from '../../source';
import { awaitsAtTop, usedNames } from './analysis';
import { splitFunctions, type FunctionPlace } from './function-places';
import type { ExportNode, ImportNode, NamedNode, SourceNode, VariableNode } from './nodes';
import type { ParsedCell } from './parse-plain';
import {
  CELL_OBJECT,
  IMPORT_FUNCTION,
  type CellImport,
  type CellProgram,
  type ImportBinding
} from './program';
import { referencesTo } from './references';
import type { SessionNames } from './session-names';
import { assignedIdentifiers, boundNames, childrenOf, isFunctionLike, visit } from './syntax-tree';
import { TextEdits } from './text-edits';

/**
 * Makes a program out of a cell that was parsed.
 *
 * @param text - the whole cell.
 * @param session - what earlier cells declared; takes note of what this one does.
 */
export function compileParsed(
  text: string,
  parsed: ParsedCell,
  session: SessionNames
): CellProgram {
  return new CellCompiler(text, parsed, session).compile();
}

/** One compilation of one cell. */
class CellCompiler {
  private readonly code: string;
  private readonly program: Program;
  private readonly lead: 0 | 1;
  private readonly edits: TextEdits;
  private readonly names = new Set<string>();
  private readonly imports: CellImport[] = [];
  private readonly functions: FunctionPlace[] = [];
  private usedNames: ReadonlySet<string> | undefined;
  /** Names that only the rewriting of the text brought in; they are nobody's but this cell's. */
  private readonly invented: ReadonlySet<string>;

  constructor(
    private readonly text: string,
    private readonly parsed: ParsedCell,
    private readonly session: SessionNames
  ) {
    const { code, program, lead, map } = parsed;
    this.code = code;
    this.program = program;
    this.lead = lead;
    this.invented = map === undefined ? new Set() : inventedNames(program, text);
    this.edits = new TextEdits(code);
  }

  compile(): CellProgram {
    this.program.body.forEach((statement, index) =>
      this.statement(statement, index === this.program.body.length - 1)
    );
    this.expressions();
    this.specialNames();
    const { text, shifts, move } = this.edits.apply();
    const [functions, body] = splitFunctions(text, this.functions, move);
    return {
      text: this.text,
      lead: this.lead,
      functions,
      body,
      awaits: awaitsAtTop(this.program),
      names: Array.from(this.names, name => this.session.variableOf(name)),
      imports: this.imports.map(declaration => ({
        ...declaration,
        bindings: declaration.bindings.map(binding => ({
          ...binding,
          local: this.session.variableOf(binding.local)
        }))
      })),
      shifts,
      ...(this.parsed.map !== undefined && { map: this.parsed.map })
    };
  }

  private statement(statement: Node, last: boolean): void {
    switch (statement.type) {
      case 'ImportDeclaration':
        this.import(statement as ImportNode);
        break;
      case 'ExportAllDeclaration':
      case 'ExportNamedDeclaration':
      case 'ExportDefaultDeclaration':
        this.export(statement as ExportNode, last);
        break;
      case 'VariableDeclaration':
        this.variables(statement as VariableNode, 'top');
        break;
      case 'FunctionDeclaration':
        this.function(statement as NamedNode);
        break;
      case 'ClassDeclaration':
        this.class(statement as NamedNode);
        break;
      case 'ExpressionStatement':
        if (last) {
          this.result(statement.start, statement.end);
        }
        break;
      default:
        this.nestedVariables(statement);
    }
  }

  /** Most cells import nothing and need not know. */
  private get used(): ReadonlySet<string> {
    return (this.usedNames ??= usedNames(this.program));
  }

  private import(node: ImportNode): void {
    this.addImport(
      node,
      node.specifiers.map(({ type, imported, local }) => ({
        imported:
          type === 'ImportDefaultSpecifier'
            ? 'default'
            : type === 'ImportNamespaceSpecifier'
              ? '*'
              : (imported!.name ?? imported!.value!),
        local: local.name,
        used: this.used.has(local.name)
      }))
    );
    this.edits.blank(node.start, node.end, ';');
  }

  private addImport(node: { source?: SourceNode | null }, bindings: ImportBinding[]): void {
    const { value, start } = node.source!;
    const { line, column } = getLineInfo(this.code, start);
    this.declare(
      bindings.map(binding => binding.local),
      { constant: true }
    );
    this.imports.push({
      specifier: value,
      bindings,
      line,
      column: column + 1
    });
  }

  private export(node: ExportNode, last: boolean): void {
    const { declaration } = node;
    if (!declaration) {
      if (node.source) {
        this.addImport(node, []);
      }
      this.edits.blank(node.start, node.end, ';');
      return;
    }
    this.edits.blank(node.start, declaration.start);
    const isNamed = (declaration as NamedNode).id !== null;
    if (node.type === 'ExportNamedDeclaration' || (isNamed && /Decl/.test(declaration.type))) {
      this.statement(declaration, last);
    } else if (last) {
      this.result(declaration.start, node.end);
    } else {
      // Parentheses, so that a function or class without a name stays an expression.
      this.wrapStatement(declaration.start, node.end, ';(', ')');
    }
  }

  /** `const a = 1, { b } = c` becomes `a = 1, ({ b } = c)`, which has the same length up to the end. */
  private variables(node: VariableNode, place: 'top' | 'block' | 'inline'): void {
    if (node.declarations.some(({ id }) => boundNames(id).some(name => this.invented.has(name)))) {
      return;
    }
    if (place !== 'inline') {
      this.wrapStatement(node.start, node.end, '', '');
    }
    const [first] = node.declarations;
    const opening = isPattern(first!.id) ? '(' : '';
    this.edits.blank(
      node.start,
      node.start + node.kind.length,
      // Without the keyword, the line before could go on into this one.
      (place === 'inline' ? '' : ';') + opening
    );
    node.declarations.forEach((declarator, index) => {
      const { start, end, id, init } = declarator;
      if (isPattern(id)) {
        this.edits.wrap(start, end, index === 0 ? '' : '(', ')');
      } else if (!init && this.resets(node, id, place)) {
        this.edits.wrap(start, end, '', ' = undefined');
      }
      this.declare(boundNames(id), { constant: node.kind === 'const' });
    });
  }

  /** `let x;` empties x. A `var x;` in a loop, or a second one, changes nothing. */
  private resets(node: VariableNode, name: Node, place: string): boolean {
    const known = this.names.has((name as Node & { name: string }).name);
    return place === 'top' && !(known && node.kind === 'var');
  }

  private function(node: NamedNode): void {
    const { name, start, end } = node.id!;
    const [variable] = this.declare([name]);
    // A function is named after what it is assigned to: where that is not its own name, a property.
    const [opening, closing] =
      variable === name ? [`;${name} = `, ';'] : [`;${variable} = { ${name}: `, ` }.${name};`];
    this.edits.wrap(node.start, node.end, opening, closing);
    // Nameless, so that the name inside means the session's variable, as it does outside.
    this.edits.blank(start, end);
    this.functions.push({ start: node.start, end: node.end, opening, closing });
  }

  private class(node: NamedNode): void {
    const [variable] = this.declare([node.id!.name]);
    this.edits.wrap(node.start, node.end, `;${variable} = `, ';');
  }

  /** Declares names for the session, and gives their variables. */
  private declare(names: readonly string[], { constant = false } = {}): string[] {
    return names.map(name => {
      this.names.add(name);
      this.session.declare(name, { constant });
      return this.session.variableOf(name);
    });
  }

  private result(start: number, end: number): void {
    this.wrapStatement(start, end, ';return [(', ')]');
  }

  /** Puts something around a statement without its semicolon, and adds that if there is none. */
  private wrapStatement(start: number, end: number, before: string, after: string): void {
    const ended = this.code[end - 1] === ';';
    this.edits.wrap(start, ended ? end - 1 : end, before, ended ? after : `${after};`);
  }

  /** A `var` in a block or a loop's head belongs to the session as much as one at the top. */
  private nestedVariables(statement: Node): void {
    visit(statement, (node, parent) => {
      if (isFunctionLike(node)) {
        return false;
      }
      if (node.type === 'VariableDeclaration' && (node as VariableNode).kind === 'var') {
        this.nestedVariable(node as VariableNode, parent!);
      }
      return true;
    });
  }

  private nestedVariable(node: VariableNode, parent: Node): void {
    if (parent.type === 'ForInStatement' || parent.type === 'ForOfStatement') {
      this.edits.blank(node.start, node.start + node.kind.length);
      this.declare(boundNames(node.declarations[0]!.id));
    } else {
      const inBlock = parent.type === 'BlockStatement' || parent.type === 'SwitchCase';
      this.variables(node, inBlock ? 'block' : 'inline');
    }
  }

  private expressions(): void {
    visit(this.program, node => {
      if (node.type === 'ImportExpression') {
        this.edits.replace(node.start, node.start + 'import'.length, IMPORT_FUNCTION);
      } else if (node.type === 'MetaProperty') {
        const { meta } = node as Node & { meta: { name: string } };
        if (meta.name === 'import') {
          this.edits.replace(node.start, node.end, `${CELL_OBJECT}.meta`);
        }
      } else if (node.type === 'AwaitExpression') {
        // Where an interrupted cell would go on, it ends instead.
        this.edits.wrap(node.start, node.end, `${CELL_OBJECT}.resume(`, ')');
      } else if (node.type === 'ForOfStatement') {
        const loop = node as Node & { await: boolean; body: Node };
        if (loop.await && loop.body.type === 'BlockStatement') {
          const inside = loop.body.start + 1;
          this.edits.wrap(inside, inside, `${CELL_OBJECT}.resume();`, '');
        }
      }
    });
  }

  /** Names that hide globals become variables of their own; constants cannot be assigned to. */
  private specialNames(): void {
    const { special } = this.session;
    if (special.size === 0) {
      return;
    }
    const assigned = assignedIdentifiers(this.program);
    for (const { node, shorthand } of referencesTo(this.program, special)) {
      const { name, start, end } = node;
      const target =
        assigned.has(node) && this.session.isConstant(name)
          ? `${CELL_OBJECT}.constants.${name}`
          : this.session.variableOf(name);
      if (target !== name) {
        this.edits.replace(start, end, shorthand ? `${name}: ${target}` : target);
      }
    }
  }
}

function inventedNames(program: Program, text: string): Set<string> {
  const written = new Set(tokensOf(text).map(token => token.text));
  const names = program.body.flatMap(function namesIn(statement: Node): string[] {
    const own =
      statement.type === 'VariableDeclaration'
        ? (statement as VariableNode).declarations.flatMap(({ id }) => boundNames(id))
        : [];
    return [...own, ...(isFunctionLike(statement) ? [] : childrenOf(statement).flatMap(namesIn))];
  });
  return new Set(names.filter(name => !written.has(name)));
}

function isPattern(node: Node): boolean {
  return node.type === 'ObjectPattern' || node.type === 'ArrayPattern';
}
