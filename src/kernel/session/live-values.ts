import { inspect, types } from 'node:util';
import type { Completion, LiveDescription, Query, QueryAnswers } from '../thread';
import { chainAt, targetBefore, type Chain } from './expression-at';
import { plainText } from './mime-bundle';

/** Where names have their values. */
export interface NameScope {
  /** The names that cells declared. */
  readonly declared: ReadonlySet<string>;
  /** The names that the kernel puts into cells. */
  readonly provided: ReadonlySet<string>;
  /** The value of one of them. */
  valueOf(name: string): unknown;
}

/** How many completions are offered at most. */
const MOST = 1000;

const keywords =
  'async await break case catch class const continue default delete do else enum export extends false finally for from function if implements import in instanceof interface let new null of return satisfies static super switch this throw true try type typeof undefined var void while with yield'.split(
    ' '
  );

/** Completes and describes names by the values they have, without running any of the author's code. */
export class LiveValues {
  constructor(private readonly scope: NameScope) {}

  /** Answers a query. */
  answer<Q extends Query>(query: Q): QueryAnswers[Q['kind']] {
    return (
      query.kind === 'complete'
        ? this.complete(query.code, query.cursor)
        : this.inspect(query.code, query.cursor, query.detail)
    ) as QueryAnswers[Q['kind']];
  }

  private complete(code: string, cursor: number): Completion {
    const target = targetBefore(code, cursor);
    if (!target) {
      return { matches: [], start: cursor, end: cursor };
    }
    const candidates = target.chain ? this.membersOf(target.chain) : this.names();
    const matches = candidates.filter(({ text }) => text.startsWith(target.prefix)).slice(0, MOST);
    return { matches, start: target.start, end: cursor };
  }

  private inspect(code: string, cursor: number, detail: number): LiveDescription | undefined {
    const chain = chainAt(code, cursor);
    const found = chain && this.resolve(chain);
    if (!found) {
      return undefined;
    }
    const isOurs = this.scope.provided.has(chain.head) && !this.scope.declared.has(chain.head);
    return {
      ofKernel: isOurs ? [chain.head, ...chain.path].join('.') : undefined,
      ...describe(found.value, detail)
    };
  }

  private names(): Completion['matches'] {
    const own = [...this.scope.declared].map(name => ({
      text: name,
      type: kindOf(attempt(() => this.scope.valueOf(name)))
    }));
    const globals = Object.entries(Object.getOwnPropertyDescriptors(globalThis))
      .filter(([name]) => !this.scope.declared.has(name) && isIdentifier(name))
      .map(([text, descriptor]) => ({ text, type: kindOf(descriptor.value) }));
    return [
      ...own.toSorted(byText),
      ...globals.toSorted(byText),
      ...keywords.map(text => ({ text, type: 'keyword' }))
    ];
  }

  private membersOf(chain: Chain): Completion['matches'] {
    const found = this.resolve(chain);
    if (!found || found.value === undefined || found.value === null) {
      return [];
    }
    const members = new Map<string, string>();
    let object: object | null = Object(found.value) as object;
    while (object !== null && !types.isProxy(object)) {
      const descriptors = Object.getOwnPropertyDescriptors(object);
      for (const [text, descriptor] of Object.entries(descriptors).toSorted(byKey)) {
        if (!members.has(text) && isIdentifier(text)) {
          members.set(text, kindOf(descriptor.value));
        }
      }
      object = Object.getPrototypeOf(object) as object | null;
    }
    return [...members].map(([text, type]) => ({ text, type }));
  }

  /** The value of a chain, as far as it can be had by looking only. */
  private resolve({ head, path }: Chain): { value: unknown } | undefined {
    let found = this.resolveHead(head);
    for (const name of path) {
      found = found && property(found.value, name);
    }
    return found;
  }

  private resolveHead(head: string): { value: unknown } | undefined {
    if (/^["'`]/.test(head)) {
      return { value: '' };
    }
    if (this.scope.declared.has(head)) {
      return attempt(() => ({ value: this.scope.valueOf(head) }));
    }
    // Some globals are made when they are first read; that is safe.
    return head in globalThis
      ? attempt(() => ({ value: (globalThis as Record<string, unknown>)[head] }))
      : undefined;
  }
}

/** Reads a property unless that would run the author's code. */
function property(value: unknown, name: string): { value: unknown } | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  let object: object | null = Object(value) as object;
  while (object !== null && !types.isProxy(object)) {
    const descriptor = Object.getOwnPropertyDescriptor(object, name);
    if (descriptor?.get) {
      const { get } = descriptor;
      return isNative(get) ? attempt(() => ({ value: get.call(value) as unknown })) : undefined;
    }
    if (descriptor) {
      return { value: descriptor.value as unknown };
    }
    object = Object.getPrototypeOf(object) as object | null;
  }
  return undefined;
}

/** A value in words: what it is, and what is in it. */
function describe(value: unknown, detail: number): { title: string; body: string } {
  if (typeof value === 'function') {
    const source = attempt(() => Function.prototype.toString.call(value)) ?? '';
    const shown = isNative(value)
      ? `function ${value.name}(${Array.from({ length: value.length }, (_, i) => `argument${i + 1}`).join(', ')})`
      : signatureOf(source);
    return { title: shown, body: detail > 0 && !isNative(value) ? source : '' };
  }
  const name =
    value === null
      ? 'null'
      : typeof value === 'object'
        ? (attempt(() => (value.constructor as { name?: string } | undefined)?.name) ?? 'object')
        : typeof value;
  const body =
    detail > 0
      ? plainText(value)
      : inspect(value, { depth: 1, maxArrayLength: 20, maxStringLength: 500, breakLength: 80 });
  return { title: name, body };
}

/** A function's source up to its body. */
function signatureOf(source: string): string {
  const end = /^class\b/.test(source) ? /\{/.exec(source) : /\)\s*(\{|=>)|=>/.exec(source);
  const head = end ? source.slice(0, end.index + (end[0].startsWith(')') ? 1 : 0)) : source;
  return head.trim().replace(/\s+/g, ' ');
}

function kindOf(value: unknown): string {
  if (typeof value !== 'function') {
    return value === undefined ? 'property' : 'variable';
  }
  return /^class\b/.test(attempt(() => Function.prototype.toString.call(value)) ?? '')
    ? 'class'
    : 'function';
}

function isNative(value: object): boolean {
  return /\{\s*\[native code\]\s*\}$/.test(
    attempt(() => Function.prototype.toString.call(value)) ?? ''
  );
}

function isIdentifier(name: string): boolean {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name);
}

function byText(a: { text: string }, b: { text: string }): number {
  return a.text < b.text ? -1 : 1;
}

function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
