/**
 * What a global name gets at its end where cells declare it for themselves: a joiner, which nobody
 * sees. Declared under its plain name, it would hide the global from every package as well.
 */
const JOINER = '\u200d';

/** Names by which packages find out where they run; a cell's variable must not mislead them. */
const LOOKED_FOR =
  'window self document navigator location define module exports importScripts Deno Bun HTMLElement XMLHttpRequest'.split(
    ' '
  );

/** Names of the language itself, which nobody may declare. */
const RESERVED = new Set(['undefined', 'NaN', 'Infinity']);

/** What the cells of a session have declared, as far as it matters to how later ones are read. */
export class SessionNames {
  /** The names of all code that cells have for themselves. */
  private readonly hidden = new Set<string>();
  /** The names that may not be assigned to. */
  private readonly constant = new Set<string>();
  private readonly globals: ReadonlySet<string>;

  /** @param globals - the names that Node gives to all code. */
  constructor(globals: Iterable<string> = []) {
    this.globals = new Set([...globals, ...LOOKED_FOR]);
  }

  /** The names whose places in a cell need a closer look. */
  get special(): ReadonlySet<string> {
    return new Set([...this.hidden, ...this.constant]);
  }

  /** Takes note of a name that a cell declares, and of whether it may be assigned to. */
  declare(name: string, { constant }: { constant: boolean }): void {
    if (this.globals.has(name) && !RESERVED.has(name)) {
      this.hidden.add(name);
    }
    if (constant) {
      this.constant.add(name);
    } else {
      this.constant.delete(name);
    }
  }

  isConstant(name: string): boolean {
    return this.constant.has(name);
  }

  /** The variable that holds what cells call by a name. */
  variableOf(name: string): string {
    return this.hidden.has(name) ? name + JOINER : name;
  }
}

/** What cells call a variable of the session. */
export function plainName(variable: string): string {
  return variable.replace(JOINER, '');
}
