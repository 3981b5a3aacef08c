import type { Debugger, Runtime } from 'node:inspector';
import { CELL_OBJECT, IMPORT_FUNCTION } from '../cell/program';
import { plainName } from '../cell/session-names';
import type { Scope, Variable } from './adapter-protocol';
import type { MainDebugger } from './main-debugger';
import { valueText } from './value-text';

/** How many members of a thing are told. */
const MOST = 1000;

/** What the kernel hands to cells, which are no variables of theirs. */
const OURS = new Set([IMPORT_FUNCTION, CELL_OBJECT]);

/** What V8's kinds of scopes are to an author. */
const groups: Record<string, string> = {
  local: 'Locals',
  block: 'Locals',
  catch: 'Locals',
  eval: 'Locals',
  with: 'Locals',
  closure: 'Closure',
  module: 'Closure',
  script: 'Session'
};

/** Where a front end finds the members of something, by the number it was given. */
export class VariableTable {
  private readonly members = new Map<number, () => Promise<Variable[]>>();
  private references = 0;

  constructor(private readonly debug: MainDebugger) {}

  /** Forgets everything: the code went on. */
  clear(): void {
    this.members.clear();
  }

  /** The groups of variables that a call sees, the nearest first. */
  async scopesOf({ scopeChain, this: self }: Debugger.CallFrame): Promise<Scope[]> {
    const found = new Map<string, Variable[]>([
      ['Locals', []],
      ['Closure', []],
      ['Session', []]
    ]);
    for (const { type, object } of scopeChain) {
      const group = found.get(groups[type] ?? '');
      if (group && object.objectId !== undefined) {
        const known = new Set(group.map(({ name }) => name));
        const inner = await this.membersOf(object.objectId);
        group.push(...inner.filter(({ name }) => !known.has(name) && !OURS.has(name)));
      }
    }
    if (self.type !== 'undefined' && self.className !== 'global') {
      found.get('Locals')!.unshift(this.variable('this', self, 'this'));
    }
    return Array.from(found, ([name, variables]) => ({ name, variables }))
      .filter(({ variables }) => variables.length > 0)
      .map(({ name, variables }) => ({
        name,
        variablesReference: this.refer(() => Promise.resolve(variables)),
        expensive: false
      }));
  }

  /** The members behind a number. */
  async variablesOf(reference: number): Promise<Variable[]> {
    return (await this.members.get(reference)?.()) ?? [];
  }

  /** A value under a name. */
  variable(name: string, value: Runtime.RemoteObject, evaluateName: string): Variable {
    const { objectId } = value;
    return {
      name,
      value: valueText(value),
      evaluateName,
      variablesReference:
        objectId === undefined ? 0 : this.refer(() => this.membersOf(objectId, evaluateName))
    };
  }

  private refer(members: () => Promise<Variable[]>): number {
    this.members.set(++this.references, members);
    return this.references;
  }

  private async membersOf(objectId: string, parent?: string): Promise<Variable[]> {
    const properties = await this.debug.propertiesOf(objectId);
    return properties
      .filter(({ value, get, name }) => (value || get) && name !== '__proto__')
      .slice(0, MOST)
      .map(({ name, value, get }) => {
        const path = parent === undefined ? plainName(name) : parent + accessTo(name);
        return value
          ? this.variable(plainName(name), value, path)
          : this.variable(name, { ...get!, description: '(getter)', preview: undefined }, path);
      });
  }
}

function accessTo(name: string): string {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name)
    ? `.${name}`
    : /^\d+$/.test(name)
      ? `[${name}]`
      : `[${JSON.stringify(name)}]`;
}
