import { transformSync, types, type NodePath, type PluginObj } from '@babel/core';
import decorators from '@babel/plugin-proposal-decorators';
import resources from '@babel/plugin-transform-explicit-resource-management';
import typescript from '@babel/plugin-transform-typescript';
import type { LoweredText, LoweringMistake } from '../cell/lowering';
import { CELL_OBJECT } from '../cell/program';

/** What Babel throws: the line counts from 1, the column from 0. */
interface BabelError extends Error {
  loc?: { line: number; column: number };
}

/**
 * Rewrites TC39 decorators, `accessor` fields, `using` declarations and namespaces, and takes the
 * types out. What that needs at run time is asked for as members of `__cell.helpers`.
 */
export function lower(text: string): LoweredText | LoweringMistake {
  try {
    const { code, map } = transformSync(text, {
      configFile: false,
      babelrc: false,
      sourceType: 'module',
      filename: 'cell.ts',
      sourceMaps: true,
      retainLines: true,
      highlightCode: false,
      parserOpts: { allowAwaitOutsideFunction: true },
      plugins: [
        cells,
        [typescript, { onlyRemoveTypeImports: true, allowDeclareFields: true }],
        [decorators, { version: '2023-11' }],
        resources
      ]
    })!;
    // Babel marks a module as one where its types were its only exports; a cell needs no mark.
    return { code: code!.replace(/export \{\};$/, ''), map: JSON.stringify(map) };
  } catch (error) {
    const { message, loc } = error as BabelError;
    const [reason] = message.replace(/^.*?cell\.ts: /, '').split('\n');
    return {
      reason: reason!.replace(/ \(\d+:\d+\)$/, ''),
      line: loc?.line ?? 1,
      column: (loc?.column ?? 0) + 1
    };
  }
}

/** What cells need besides: their names stay what they are, and their result stays what it is. */
function cells(): PluginObj {
  return {
    pre(file) {
      // Babel's own way to have helpers from elsewhere, which its types leave out.
      (file as unknown as Map<string, unknown>).set('helperGenerator', (name: string) =>
        types.memberExpression(
          types.memberExpression(types.identifier(CELL_OBJECT), types.identifier('helpers')),
          types.identifier(name)
        )
      );
    },
    visitor: {
      Program(program) {
        program.get('body').forEach(nameClass);
        if (program.get('body').some(isUsing)) {
          returnResult(program);
        }
      }
    }
  };
}

/**
 * `@d class A {}` becomes `let A = @d class A {}`: Babel would rename the class everywhere, and later
 * cells know it by its name.
 */
function nameClass(statement: NodePath<types.Statement>): void {
  const exported = statement.isExportNamedDeclaration() || statement.isExportDefaultDeclaration();
  const path = exported ? (statement.get('declaration') as NodePath) : statement;
  if (!path.isClassDeclaration() || !path.node.decorators?.length) {
    return;
  }
  const { id, superClass, body, decorators: list } = path.node;
  const value = types.classExpression(id, superClass, body, list);
  types.inherits(value, path.node);
  if (id) {
    statement.replaceWith(
      types.variableDeclaration('let', [types.variableDeclarator(types.cloneNode(id), value)])
    );
  } else {
    path.replaceWith(value);
  }
}

function isUsing(statement: NodePath<types.Statement>): boolean {
  return statement.isVariableDeclaration() && statement.node.kind.endsWith('using');
}

/** What `using` declares ends with the cell, so everything goes into a block; a result leaves it by `return`. */
function returnResult(program: NodePath<types.Program>): void {
  const last = program.get('body').at(-1);
  if (last?.isExpressionStatement()) {
    const { expression } = last.node;
    last.replaceWith(types.returnStatement(types.arrayExpression([expression])));
  }
}
