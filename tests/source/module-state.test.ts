import { expect, test } from 'vitest';
import { readModule } from '../../src/source';

/** Whether a module by itself would be taken to keep something. */
function keeps(code: string): boolean {
  const text = `import { matchRegex, matchParse } from 'chatops';\n${code}`;
  const { state } = readModule(text, 'skill.ts');
  return state.keeps || (state.holdsObjects && state.changesObjects);
}

const USE = 'export const a = matchRegex(/a/, m => m.respond(String(value)));';

test.each([
  [
    'a matcher',
    `export const a = matchRegex(/a/, { description: 'x' }, async m => { await m.respond('b'); });`
  ],
  ['stacked matchers', `export default matchRegex(/a/, matchParse('b {c}', async m => {}));`],
  ['constants', `const value = 'a' + 1; ${USE}`],
  [
    'lists that are only read',
    `const value = ['Hi', 'Hello'];
export const a = matchRegex(/a/, m => m.respond(value[Math.floor(Math.random() * value.length)]));`
  ],
  [
    'objects that are only read',
    `const value: Record<string, string[]> = { a: ['b'] };
export const a = matchRegex(/a/, m => m.respond(value[m.text].join()));`
  ],
  [
    'a look-up',
    `const value = new Set(['a', 'b']); export const a = matchRegex(/a/, m => value.has(m.text));`
  ],
  [
    'functions and classes',
    `class Service { count = 0; next() { return 1; } }
function describe(name: string): string { return name; }
export const a = matchRegex(/a/, m => m.respond(describe('x')));`
  ],
  [
    'what is made and changed within one call',
    `const names = ['x'];
export const a = matchRegex(/a/, m => { const list = []; for (const name of names) list.push(name); m.respond(list); });`
  ],
  [
    'memory of the bot',
    `const value = ['x']; export const a = matchRegex(/a/, async (bot, config, m) => { await bot.memory.set('a', value); });`
  ],
  ['the configuration', `const url = process.env.URL ?? 'http://localhost'; ${USE}`]
])('%s is no state', (_, code) => {
  expect(keeps(code)).toBe(false);
});

test.each([
  ['a variable', `let value = 0; ${USE}`],
  [
    'an object that is changed',
    `const value = { n: 0 }; export const a = matchRegex(/a/, m => m.respond(String(++value.n)));`
  ],
  [
    'a list that grows',
    `const value: string[] = []; export const a = matchRegex(/a/, m => { value.push(m.text); });`
  ],
  [
    'a map that is written',
    `const value = new Map(); export const a = matchRegex(/a/, m => { value.set(m.text, 1); });`
  ],
  [
    'what a function is given to change',
    `const value = { n: 0 };
function count(what: { n: number }) { what.n += 1; }
export const a = matchRegex(/a/, () => count(value));`
  ],
  [
    'elements that are changed',
    `const value = [{ n: 0 }]; export const a = matchRegex(/a/, () => { const first = value[0]; first.n++; });`
  ],
  [
    'a closure',
    `export const a = matchRegex(/a/, (() => { let n = 0; return m => m.respond(String(++n)); })());`
  ],
  ['a client', `import { Client } from 'somewhere'; const value = new Client(); ${USE}`],
  ['a timer', `setInterval(() => {}, 1000); export const a = matchRegex(/a/, () => {});`],
  ['a setup', `export function setup() {} export const a = matchRegex(/a/, () => {});`],
  [
    'a static member',
    `class Counter { static n = 0; } export const a = matchRegex(/a/, m => m.respond(String(Counter.n)));`
  ],
  [
    'a property of a function',
    `function next() { return 1; } export const a = matchRegex(/a/, () => { next.count = 1; });`
  ],
  ['a global', `export const a = matchRegex(/a/, () => { globalThis.count = 1; });`],
  [
    'an expression that remembers its place',
    `const value = /a/g; export const a = matchRegex(/a/, m => value.test(m.text));`
  ],
  [
    'work at the top level',
    `if (Date.now() > 0) { console.log('x'); } export const a = matchRegex(/a/, () => {});`
  ],
  ['a wait at the top level', `const value = await fetch('http://localhost'); ${USE}`]
])('%s is state', (_, code) => {
  expect(keeps(code)).toBe(true);
});
