import type { Node, Program } from 'acorn';

/** What a module says about whether it keeps anything from one call to the next. */
export interface StateReport {
  /** It does: a variable, a timer, a connection, a `setup`. */
  keeps: boolean;
  /** It has lists or objects that could be changed from anywhere. */
  holdsObjects: boolean;
  /** It changes objects that it did not just make itself. */
  changesObjects: boolean;
}

type AnyNode = Node & Readonly<Record<string, unknown>>;

/** Calls at the top level that leave nothing behind; `new` counts too. */
const HARMLESS = /^(?:match[A-Z]\w*|constrain[A-Z]\w*|String|Number|Symbol|Set|Map|URL|RegExp)$/;

/** The same for methods: of plain values, and of the objects named. */
const HARMLESS_METHODS =
  /^(?:(?:Object\.(?:freeze|keys|values|entries|fromEntries)|JSON\.\w+|path\.\w+|String\.\w+)|.*\.(?:join|split|map|filter|trim|concat|slice|replace|replaceAll|toUpperCase|toLowerCase|toString|repeat))$/;

/** Methods that change what they are called on, by the names that all libraries give them. */
const CHANGING =
  /^(?:push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|set|add|delete|clear|assign|defineProperty|defineProperties|setPrototypeOf|on|once|addListener|addEventListener)$/;

/** What makes a module live on by itself, or reach beyond itself. */
const LASTING = /^(?:setInterval|globalThis|global|eval)$/;

/**
 * Finds out whether a module may keep state between calls.
 *
 * It errs on the side of yes: what it does not understand counts as state.
 */
export function stateOf(program: Program): StateReport {
  const survey = new Survey();
  const { body } = program as unknown as { body: AnyNode[] };
  body.forEach(statement => survey.takeTopLevel(statement));
  survey.takeAll(program as unknown as AnyNode);
  return survey.result();
}

class Survey {
  private readonly topLevel = new Set<string>();
  /** Names of variables inside functions, each with whether all that they hold was made there. */
  private readonly fresh = new Map<string, boolean>();
  private readonly changed: (string | undefined)[] = [];
  private keeps = false;
  private holdsObjects = false;

  result(): StateReport {
    const changes = this.changed.filter(
      root => root === undefined || this.fresh.get(root) !== true
    );
    const own = changes.some(root => root !== undefined && this.topLevel.has(root));
    return {
      keeps: this.keeps || own,
      holdsObjects: this.holdsObjects,
      changesObjects: changes.length > 0
    };
  }

  /** Looks at a statement outside of any function. */
  takeTopLevel(statement: AnyNode): void {
    switch (statement.type) {
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
        break;
      case 'ExportNamedDeclaration':
        if (statement.declaration) {
          this.takeTopLevel(statement.declaration as AnyNode);
        }
        break;
      case 'ExportDefaultDeclaration':
        this.takeDeclared(statement.declaration as AnyNode);
        break;
      case 'FunctionDeclaration':
      case 'ClassDeclaration':
        this.takeDeclared(statement);
        break;
      case 'VariableDeclaration':
        this.keeps ||= statement.kind !== 'const';
        for (const { id, init } of statement.declarations as AnyNode[]) {
          namesIn(id as AnyNode).forEach(name => this.name(name));
          this.keeps ||= !this.isConstant(init as AnyNode | null);
          this.holdsObjects ||= isObject(init as AnyNode | null);
        }
        break;
      case 'ExpressionStatement':
        this.keeps ||= !this.isConstant(statement.expression as AnyNode);
        break;
      default:
        this.keeps ||= statement.type !== 'EmptyStatement';
    }
  }

  /** Looks at everything, inside functions too, for what changes objects or lasts. */
  takeAll(node: AnyNode, isTop = true): void {
    switch (node.type) {
      case 'AssignmentExpression':
        this.change(node.left as AnyNode);
        break;
      case 'UpdateExpression':
        this.change(node.argument as AnyNode);
        break;
      case 'UnaryExpression':
        if (node.operator === 'delete') {
          this.change(node.argument as AnyNode);
        }
        break;
      case 'CallExpression':
        this.call(node.callee as AnyNode, node.arguments as AnyNode[]);
        break;
      case 'Identifier':
        this.keeps ||= LASTING.test(String(node.name));
        break;
      case 'VariableDeclaration':
        if (!isTop) {
          this.local(node);
        }
        break;
      default:
        break;
    }
    const isInside = !isTop || !/^(?:Program|Export)/.test(node.type);
    for (const child of childrenOf(node)) {
      this.takeAll(child, !isInside);
    }
  }

  private takeDeclared(node: AnyNode): void {
    if (node.type === 'ClassDeclaration') {
      this.keeps ||= hasStatics(node);
    } else if (node.type !== 'FunctionDeclaration') {
      this.keeps ||= !this.isConstant(node);
    }
    const { name } = (node.id ?? {}) as { name?: string };
    if (name !== undefined) {
      this.name(name);
    }
  }

  private name(name: string): void {
    this.topLevel.add(name);
    // What a skill sets up is there to be used later.
    this.keeps ||= name === 'setup';
  }

  private local({ declarations }: AnyNode): void {
    for (const { id, init } of declarations as AnyNode[]) {
      for (const name of namesIn(id as AnyNode)) {
        const isFresh =
          (id as AnyNode).type === 'Identifier' && (init === null || isObject(init as AnyNode));
        this.fresh.set(name, isFresh && this.fresh.get(name) !== false);
      }
    }
  }

  private call(callee: AnyNode, values: AnyNode[]): void {
    if (callee.type !== 'MemberExpression') {
      return;
    }
    const method = nameOf(callee.property as AnyNode);
    const text = textOf(callee);
    if (method === 'listen') {
      this.keeps = true;
    } else if (/^(?:Object|Reflect)\./.test(text) && CHANGING.test(method)) {
      this.changed.push(values[0] && rootOf(values[0]));
    } else if (CHANGING.test(method) && !/(?:^|\.)memory\./.test(text)) {
      this.changed.push(rootOf(callee.object as AnyNode));
    }
  }

  private change(target: AnyNode): void {
    if (target.type === 'MemberExpression') {
      this.changed.push(rootOf(target));
    }
  }

  /** True for a value that is the same whenever it is made anew. */
  private isConstant(node: AnyNode | null): boolean {
    switch (node?.type) {
      case undefined:
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
      case 'Identifier':
      case 'ThisExpression':
        return true;
      case 'Literal':
        // A sticky or global expression remembers where it stopped.
        return !/[gy]/.test((node.regex as { flags: string } | undefined)?.flags ?? '');
      case 'ClassExpression':
        return !hasStatics(node);
      case 'MemberExpression':
      case 'TemplateLiteral':
      case 'UnaryExpression':
      case 'BinaryExpression':
      case 'LogicalExpression':
      case 'ConditionalExpression':
      case 'ArrayExpression':
      case 'ObjectExpression':
      case 'Property':
      case 'SpreadElement':
      case 'TemplateElement':
      case 'ChainExpression':
        return childrenOf(node).every(child => this.isConstant(child));
      case 'CallExpression':
      case 'NewExpression':
        return (
          (HARMLESS.test(textOf(node.callee as AnyNode)) ||
            HARMLESS_METHODS.test(textOf(node.callee as AnyNode))) &&
          childrenOf(node).every(child => this.isConstant(child))
        );
      default:
        return false;
    }
  }
}

/** True for what is made on the spot and can be changed afterwards. */
function isObject(node: AnyNode | null): boolean {
  switch (node?.type) {
    case 'ArrayExpression':
    case 'ObjectExpression':
    case 'NewExpression':
      return true;
    case 'CallExpression':
      return !/^(?:match|constrain)[A-Z]/.test(textOf(node.callee as AnyNode));
    default:
      return false;
  }
}

function hasStatics({ body }: AnyNode): boolean {
  return (body as { body: AnyNode[] }).body.some(
    member =>
      member.type === 'StaticBlock' || (member.type === 'PropertyDefinition' && member.static)
  );
}

/** The variable a chain of members and calls begins with. */
function rootOf(node: AnyNode): string | undefined {
  switch (node.type) {
    case 'Identifier':
      return node.name as string;
    case 'MemberExpression':
      return rootOf(node.object as AnyNode);
    case 'ChainExpression':
      return rootOf(node.expression as AnyNode);
    default:
      return undefined;
  }
}

/** `a.b.c` as text; what is no plain name becomes an empty part. */
function textOf(node: AnyNode): string {
  return node.type === 'MemberExpression'
    ? `${textOf(node.object as AnyNode)}.${nameOf(node.property as AnyNode)}`
    : nameOf(node);
}

function nameOf(node: AnyNode): string {
  return node.type === 'Identifier' ? String(node.name) : '';
}

/** The names that a declaration's left side binds. */
function namesIn(node: AnyNode): string[] {
  switch (node.type) {
    case 'Identifier':
      return [String(node.name)];
    case 'Property':
      return namesIn(node.value as AnyNode);
    case 'AssignmentPattern':
      return namesIn(node.left as AnyNode);
    default:
      return childrenOf(node).flatMap(namesIn);
  }
}

function childrenOf(node: AnyNode): AnyNode[] {
  return Object.values(node).flatMap(value =>
    (Array.isArray(value) ? value : [value]).filter(
      (item): item is AnyNode =>
        typeof item === 'object' && item !== null && typeof (item as AnyNode).type === 'string'
    )
  );
}
