import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { RuntimeHarness } from '../support/runtime';
import { amount } from '../support/soak';

/** Pieces that skills are made of, and pieces that break them. */
const pieces = fc.constantFrom(
  "export const a = matchRegex(/a/, m => m.respond('a'));",
  'export const b = matchRegex(/(a+)+$/, { roles: [1] }, () => {});',
  'export default matchRegex;',
  'export const c = matchRegex();',
  'export const d = matchRegex(/x/, null);',
  'matchRegex(/x/, () => {});',
  'export const setup = 5;',
  "export const setup = () => { throw 'no'; };",
  'export async function setup() { await Promise.reject(undefined); }',
  'export class A { static x = 1 }',
  'let count = 0;',
  "import * as everything from 'chatops';",
  "import './index';",
  "import x from 'chatops';",
  "import { readFileSync } from 'node:fs';",
  "import nothing from 'no-such-package-anywhere';",
  "require('./missing');",
  "await import('./missing');",
  'throw undefined;',
  'throw null;',
  'throw { toString() { throw 1; } };',
  'throw new Proxy({}, { get() { throw 1; } });',
  'Promise.reject(new Error());',
  'setTimeout(() => { throw new Error(); });',
  'process.exit();',
  'globalThis.console = null;',
  'Object.prototype.polluted = 1; delete Object.prototype.polluted;',
  'module.exports = null;',
  'exports = undefined;',
  'export const e = Object.create(null);',
  'export const f = new Proxy({}, { get() { throw new Error("trap"); } });',
  'enum E { A }',
  'namespace N { export const x = 1; }',
  'interface I { a: number }',
  'type T = string;',
  'const { x } = null as any;',
  '(function f() { f(); })();',
  '#!/usr/bin/env node',
  '"use strict";',
  'with (a) {}',
  'yield 1;',
  'return;',
  'break;',
  '<div/>',
  '\u2028',
  '\ufeff',
  '/*',
  '`${',
  '}}}',
  '((((((((((',
  '/(?<name>a)(?<name>b)/;',
  'import.meta.url;',
  'new.target;',
  'super();'
);

const sources = fc.oneof(
  { weight: 5, arbitrary: fc.array(pieces, { maxLength: 6 }).map(parts => parts.join('\n')) },
  { weight: 1, arbitrary: fc.string({ maxLength: 200 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  {
    weight: 1,
    arbitrary: fc.tuple(pieces, fc.nat(60)).map(([piece, cut]) => piece.slice(0, cut))
  }
);

test(
  'whatever a skill is made of, it is loaded or refused with a code, and the others go on',
  async () => {
    const harness = RuntimeHarness.start();
    const echo = await harness.loaded(
      'export const echo = matchRegex(/./, m => m.respond(m.text));',
      {
        skill: 'echo'
      }
    );
    const samples = fc.sample(sources, { numRuns: amount(80, 3000), seed: amount(3, Date.now()) });
    for (const [i, text] of samples.entries()) {
      const result = await harness.load(text, { skill: `s${i % 5}` });
      if ('error' in result) {
        expect(result.error.code, text).toMatch(/^CHATOPS_(SKILL|MATCHER|CONFIG)_/);
        expect(result.error.message, text).not.toBe('');
      } else {
        for (const { id } of result.matchers) {
          await harness.run(result, 'a', id);
        }
        harness.runtime.retire(result.load);
      }
      expect((await harness.run(echo, String(i))).replies, text).toEqual([String(i)]);
    }
  },
  amount(180_000, 3_600_000)
);
