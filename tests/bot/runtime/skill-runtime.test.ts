import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { matcher } from '../../support/skills';
import { RuntimeHarness } from '../../support/runtime';

describe('loading a skill', () => {
  test('tells its matchers in the order and at the places of the source', async () => {
    const harness = RuntimeHarness.start();
    const { matchers, warnings } = await harness.loaded(`
const helper = (name: string) => matchRegex(name, () => {});
export const second = matchRegex(/b/, () => {});
export const first = matchRegex(/a/i, { description: 'says a', scoreFactor: 1 }, matchRegex(/c/, () => {}));
export { second as alias };
export default first;
`);
    expect(warnings).toEqual([]);
    expect(matchers).toMatchObject([
      { id: 'second', pattern: 'b', where: { file: 'skills/test/index.ts', line: 4, column: 23 } },
      {
        id: 'first',
        pattern: 'a',
        flags: 'i',
        scoreFactor: 1,
        description: 'says a',
        where: { line: 5 }
      },
      { id: 'first#2', pattern: 'c', where: { line: 5 } }
    ]);
  });

  test('runs its setup with the bot and its section of the configuration', async () => {
    const harness = RuntimeHarness.start();
    const skill = await harness.loaded(
      `
let seen = '';
export async function setup(bot, config) {
  await Promise.resolve();
  seen = [bot.name, bot.workspace.length > 0, config.name, config.greeting].join();
}
export const tell = matchRegex(/x/, m => m.respond(seen));`,
      { config: { greeting: 'Moin' } }
    );
    expect((await harness.run(skill)).replies).toEqual(['chatops,true,test,Moin']);
  });

  test('a matcher that is not exported is pointed out, beside those that are', async () => {
    const harness = RuntimeHarness.start();
    const { matchers, warnings } = await harness.loaded(
      'export const a = matchRegex(/a/, () => {});\nmatchRegex(/b/, () => {});'
    );
    expect(matchers).toHaveLength(1);
    expect(warnings).toMatchObject([
      { code: 'CHATOPS_SKILL_NOT_EXPORTED', where: { line: 3, column: 1 } }
    ]);
  });

  test.each([
    ['a syntax error', 'export const a = ;', 'CHATOPS_SKILL_SYNTAX', { line: 2, column: 18 }],
    [
      'what only V8 takes for a syntax error',
      'const fine = 1;\n  \u{2c595}\u{3ed29}',
      'CHATOPS_SKILL_SYNTAX',
      { line: 3, column: 3 }
    ],
    [
      'an error beside something that all objects have from then on',
      'Object.prototype.everywhere = 1;\nthrow new Error("no");',
      'CHATOPS_SKILL_LOAD',
      { line: 3, column: 7 }
    ],
    [
      'an import that does not exist',
      `import x from './nothing';\nx();`,
      'CHATOPS_SKILL_IMPORT',
      { line: 2, column: 15 }
    ],
    [
      'a name that is not exported',
      `import { matchRegexp } from 'chatops';\nmatchRegexp();`,
      'CHATOPS_SKILL_IMPORT_NAME',
      { line: 2 }
    ],
    [
      'a matcher called wrongly',
      'export const a = matchRegex(/a/);',
      'CHATOPS_MATCHER_HANDLER',
      { line: 2, column: 18 }
    ],
    [
      'a pattern that is none',
      'export const a = matchRegex("(", () => {});',
      'CHATOPS_MATCHER_PATTERN',
      { line: 2, column: 18 }
    ],
    ['no matcher at all', 'export const a = 1;', 'CHATOPS_SKILL_EMPTY', {}],
    ['no exports at all', 'module.exports = null;', 'CHATOPS_SKILL_EMPTY', {}],
    [
      'an export that throws when it is read',
      'Object.defineProperty(exports, "a", {\n  enumerable: true,\n  get() { throw new Error("no"); }\n});',
      'CHATOPS_SKILL_LOAD',
      { line: 4, column: 17 }
    ],
    [
      'only a matcher that is not exported',
      'matchRegex(/a/, () => {});',
      'CHATOPS_SKILL_NOT_EXPORTED',
      { line: 2 }
    ],
    [
      'an error at its top level',
      'const a: any = null;\na.b;',
      'CHATOPS_SKILL_LOAD',
      { line: 3, column: 3 }
    ],
    [
      'an error in its setup',
      'export const setup = () => { throw new TypeError("no") };\nexport const a = matchRegex(/a/, () => {});',
      'CHATOPS_SKILL_LOAD',
      { line: 2, column: 36 }
    ],
    [
      'something thrown that cannot be put into words',
      'throw { toString() { throw 1; } };',
      'CHATOPS_SKILL_LOAD',
      {}
    ],
    [
      'an error that throws when one looks at it',
      'throw new Proxy(new Error(), { get() { throw 1; } });',
      'CHATOPS_SKILL_LOAD',
      {}
    ],
    ['an attempt to end the process', 'process.exit(1);', 'CHATOPS_SKILL_LOAD', { line: 2 }]
  ])('%s is told with its place, and nothing else suffers', async (_, text, code, where) => {
    const harness = RuntimeHarness.start();
    const good = await harness.loaded(
      `export const a = matchRegex(/a/, m => m.respond('still here'));`
    );
    const error = await harness.refused(text);
    expect(error).toMatchObject({ code, where: { file: 'skills/test/index.ts', ...where } });
    expect((await harness.run(good)).replies).toEqual(['still here']);
  });

  test('code that never ends while loading is stopped at its line', async () => {
    const harness = RuntimeHarness.start();
    const error = await harness.refused('let i = 0;\nwhile (true) i++;');
    expect(error).toMatchObject({ code: 'CHATOPS_SKILL_BLOCKED', where: { line: 3 } });
  });

  test('that takes a moment keeps those loaded with it in its thread', async () => {
    const harness = RuntimeHarness.start();
    const source = (top: string): string =>
      `import { threadId } from 'node:worker_threads';\n${top}
export const a = matchRegex(/./, m => m.respond(String(threadId)));`;
    const [slow, quick] = await Promise.all([
      harness.loaded(source("const text = ('a'.repeat(20) + 'b').replace(/(a+)+$/, '');"), {
        skill: 'slow'
      }),
      harness.loaded(source(''), { skill: 'quick' })
    ]);
    expect(slow.keepsState).toBe(false);
    expect((await harness.run(quick)).replies).toEqual((await harness.run(slow)).replies);
  });
});

describe('running a handler', () => {
  test('hands over the message and brings back replies and logs', async () => {
    const harness = RuntimeHarness.start();
    const skill = await harness.loaded(`
export const a = matchRegex(/./, async (bot, config, message) => {
  bot.log.info('working for %s', message.user);
  console.warn('careful', { a: 1 });
  await message.respond(\`\${message.text} from \${message.user} in \${message.room}\`);
  await message.respond([1, 2]);
});`);
    const { result, replies, logs } = await harness.run(skill, 'hello');
    expect(result).toEqual({ outcome: 'answered' });
    expect(replies).toEqual(['hello from Ann in general', '[1,2]']);
    expect(logs.map(({ level, text }) => [level, text])).toEqual([
      ['info', 'working for Ann'],
      ['warning', 'careful { a: 1 }']
    ]);
  });

  test('two runs at once do not mix', async () => {
    const harness = RuntimeHarness.start();
    const skill = await harness.loaded(`
export const a = matchRegex(/./, async message => {
  console.log('start', message.text);
  await new Promise(resolve => setTimeout(resolve, message.text === 'a' ? 30 : 5));
  console.log('end', message.text);
  await message.respond(message.text);
});`);
    const [a, b] = await Promise.all([harness.run(skill, 'a'), harness.run(skill, 'b')]);
    expect(a.logs.map(({ text }) => text)).toEqual(['start a', 'end a']);
    expect(b.logs.map(({ text }) => text)).toEqual(['start b', 'end b']);
    expect([a.replies, b.replies]).toEqual([['a'], ['b']]);
  });

  test('a reply that nobody awaited is sent before the run counts as ended', async () => {
    const harness = RuntimeHarness.start();
    const skill = await harness.loaded(
      `export const a = matchRegex(/./, m => { m.respond('forgotten'); });`
    );
    const { replies, logs } = await harness.run(skill);
    expect(replies).toEqual(['forgotten']);
    expect(logs).toMatchObject([{ level: 'warning' }]);
    expect(logs[0]!.text).toContain(
      'does not wait for `message.respond` (skills/test/index.ts:2:43)'
    );
    expect(logs[0]!.text).toContain('Put `await` in front of it');
  });

  test('a reply that nobody awaited and that fails makes the run fail', async () => {
    const harness = RuntimeHarness.start();
    const skill = await harness.loaded(
      `export const a = matchRegex(/./, m => { m.respond('undeliverable'); });`
    );
    expect((await harness.run(skill)).result.outcome).toBe('failed');
  });

  test('a reply long after the run is sent all the same', async () => {
    const harness = RuntimeHarness.start();
    const skill = await harness.loaded(
      `export const a = matchRegex(/./, m => { setTimeout(() => m.respond('later'), 20); });`
    );
    expect((await harness.run(skill)).replies).toEqual([]);
    await harness.until(() => harness.late.length > 0);
    expect(harness.late).toEqual(['later']);
  });

  test("a failure is told at the author's line, with the code around it and the way there", async () => {
    const harness = RuntimeHarness.start();
    const skill = await harness.loaded(`
function parse(text: string): { deep: { value: number } } {
  return JSON.parse(text);
}
export const a = matchRegex(/./, async message => {
  await Promise.resolve();
  return parse('{}').deep.value;
});`);
    const { result } = await harness.run(skill);
    expect(result).toMatchObject({
      outcome: 'failed',
      error: {
        code: 'CHATOPS_SKILL_FAILED',
        message:
          "The skill `test` failed: TypeError: Cannot read properties of undefined (reading 'value').",
        where: { file: 'skills/test/index.ts', line: 8, column: 26 }
      }
    });
    expect(result.outcome === 'failed' && result.error.excerpt).toContain(
      "> 8 |   return parse('{}').deep.value;"
    );
  });

  test('whatever is thrown is told, be it an error or not', async () => {
    const harness = RuntimeHarness.start();
    const skill = await harness.loaded(
      `export const a = matchRegex(/./, () => { throw 'a text'; });`
    );
    expect((await harness.run(skill)).result).toMatchObject({
      error: { message: 'The skill `test` failed: a text.' }
    });
  });
});

describe('a skill that calls a service', () => {
  async function service(): Promise<string> {
    const server = createServer((request, response) => {
      response.writeHead(request.url?.startsWith('/fact') ? 200 : 404, {
        'content-type': 'application/json'
      });
      response.end('{"value":"a fact"}');
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  const ASK = `export const a = matchRegex(/./, async (bot, config, message) => {
  const response = await fetch(config.url + '/fact?token=abc');
  await message.respond((await response.json()).value);
});`;

  test('answers with what it got, and the call is noted without its query', async () => {
    const harness = RuntimeHarness.start();
    const url = await service();
    const { replies, http } = await harness.run(await harness.loaded(ASK, { config: { url } }));
    expect(replies).toEqual(['a fact']);
    expect(http).toMatchObject([{ method: 'GET', url: `${url}/fact`, status: 200 }]);
  });

  test('says plainly what it could not reach when nobody answers there', async () => {
    const harness = RuntimeHarness.start();
    const server = createServer();
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await new Promise(resolve => server.close(resolve));
    const { result, http } = await harness.run(await harness.loaded(ASK, { config: { url } }));
    expect(result).toMatchObject({
      outcome: 'failed',
      error: {
        code: 'CHATOPS_SKILL_UNREACHABLE',
        message: `The skill \`test\` could not reach ${url}/fact: nothing answers there.`,
        where: { line: 3, column: 20 }
      }
    });
    expect(http).toMatchObject([{ error: 'nothing answers there' }]);
  });
});

describe('a skill out of control', () => {
  test('in an endless loop is stopped at its line; other skills and their memory live on', async () => {
    const harness = RuntimeHarness.start();
    const counter = await harness.loaded(
      `let count = 0;\nexport const a = matchRegex(/./, m => m.respond(String(++count)));`,
      { skill: 'counter' }
    );
    await harness.run(counter);
    const looping = await harness.loaded(
      `export const a = matchRegex(/./, async () => {\n  let i = 0;\n  for (;;) {\n    i++;\n  }\n});`
    );
    const { result } = await harness.run(looping);
    expect(result).toMatchObject({
      outcome: 'stopped',
      error: {
        code: 'CHATOPS_SKILL_BLOCKED',
        message: 'The skill `test` was stopped: it kept the processor busy for 1 s.',
        where: { file: 'skills/test/index.ts' }
      }
    });
    const { line } = (result as { error: { where: { line: number } } }).error.where;
    expect([4, 5]).toContain(line);
    expect((await harness.run(counter)).replies).toEqual(['2']);
  });

  test('in a loop inside a timer is stopped too, and named', async () => {
    const harness = RuntimeHarness.start();
    const skill = await harness.loaded(
      `export const a = matchRegex(/./, () => {\n  setTimeout(() => {\n    for (;;);\n  }, 5);\n});`
    );
    await harness.run(skill);
    await harness.until(() => harness.strays.length > 0);
    expect(harness.strays).toMatchObject([{ code: 'CHATOPS_SKILL_BLOCKED', where: { line: 4 } }]);
    expect((await harness.run(skill)).result.outcome).toBe('answered');
  });

  test('that waits for ever is given up at its deadline, and told so through its signal', async () => {
    const harness = RuntimeHarness.start();
    const skill = await harness.loaded(
      `let told = 'nothing';
export const wait = matchRegex(/./, message => new Promise(() => {
  message.signal.addEventListener('abort', () => (told = String(message.signal.reason)));
}));
export const tell = matchRegex(/./, m => m.respond(told));`,
      { limits: { waiting: 0.5, blocking: 1 } }
    );
    const { result } = await harness.run(skill);
    expect(result).toMatchObject({
      outcome: 'stopped',
      error: {
        code: 'CHATOPS_SKILL_TIMEOUT',
        message: 'The skill `test` was stopped: it had not finished after 0.5 s.'
      }
    });
    expect((await harness.run(skill, 'x', 'tell')).replies).toEqual(['Error: It took too long.']);
  });

  test.each([
    ['a timer', `setTimeout(() => { throw new Error('in a timer'); }, 1)`],
    ['a forgotten promise', `void Promise.reject(new Error('in a promise'))`]
  ])('that throws in %s is reported with its line and lives on', async (_, code) => {
    const harness = RuntimeHarness.start();
    const skill = await harness.loaded(`export const a = matchRegex(/./, () => {\n  ${code};\n});`);
    await harness.run(skill);
    await harness.until(() => harness.strays.length > 0);
    expect(harness.strays).toMatchObject([{ code: 'CHATOPS_SKILL_STRAY', where: { line: 3 } }]);
    expect(harness.strays[0]!.message).toMatch(
      /The skill `test` failed outside of a message: in a/
    );
    expect((await harness.run(skill)).result.outcome).toBe('answered');
  });

  test('that needs too much memory is stopped; what others keep is not lost by it', async () => {
    const harness = RuntimeHarness.start();
    const counter = await harness.loaded(
      `let count = 0;\nexport const a = matchRegex(/./, m => m.respond(String(++count)));`,
      { skill: 'counter' }
    );
    const echo = await harness.loaded(`export const a = matchRegex(/./, m => m.respond(m.text));`, {
      skill: 'echo'
    });
    await harness.run(counter);
    const greedy = await harness.loaded(
      `export const a = matchRegex(/./, async () => {
  const list = [];
  for (;;) {
    list.push(Buffer.alloc(50_000_000, 1));
    await new Promise(resolve => setTimeout(resolve, 1));
  }
});`,
      { skill: 'greedy' }
    );
    expect((await harness.run(greedy)).result).toMatchObject({
      outcome: 'stopped',
      error: { code: 'CHATOPS_SKILL_MEMORY', message: expect.stringContaining('`greedy`') }
    });
    expect((await harness.run(counter)).replies).toEqual(['2']);
    expect((await harness.run(echo, 'back')).replies).toEqual(['back']);
  });

  test('that waits for a person goes on waiting in another thread when its own is lost', async () => {
    const harness = RuntimeHarness.start();
    const asking = await harness.loaded(
      `export const a = matchRegex(/./, async m => {
  await m.respond('Where to?');
  await m.respond('To ' + (await m.ask('?')));
});`,
      { skill: 'asking' }
    );
    const running = harness.run(asking);
    await harness.until(() => harness.questions.length > 0);
    const greedy = await harness.loaded(
      `export const a = matchRegex(/./, async () => {
  const list = [];
  for (;;) {
    list.push(Buffer.alloc(50_000_000, 1));
    await new Promise(resolve => setTimeout(resolve, 1));
  }
});`,
      { skill: 'greedy' }
    );
    await harness.run(greedy);
    harness.questions[0]!('the moon');
    expect((await running).replies).toEqual(['Where to?', 'To the moon']);
    expect(harness.questions).toHaveLength(1);
  });
});

describe('a version that is replaced', () => {
  test('finishes what it runs, and then its timers end', async () => {
    const harness = RuntimeHarness.start();
    const old = await harness.loaded(
      `let ticks = 0;
setInterval(() => ticks++, 1);
globalThis.ticks = () => ticks;
export const a = matchRegex(/./, async m => {
  await m.ask('go on?');
  await m.respond('old');
});`
    );
    const running = harness.run(old);
    await harness.until(() => harness.questions.length > 0);
    const fresh = await harness.loaded(
      `export const a = matchRegex(/./, async m => {
  const before = globalThis.ticks();
  await new Promise(resolve => setTimeout(resolve, 25));
  await m.respond(globalThis.ticks() === before ? 'still' : 'ticking');
});`
    );
    harness.runtime.retire(old.load);
    expect((await harness.run(fresh)).replies).toEqual(['ticking']);
    harness.questions[0]!('yes');
    expect((await running).replies).toEqual(['old']);
    expect((await harness.run(fresh)).replies).toEqual(['still']);
    expect((await harness.run(old)).result).toMatchObject({
      outcome: 'stopped',
      error: { code: 'CHATOPS_SKILL_CHANGED' }
    });
  });
});

describe('patterns without a linear form', () => {
  const live = (expression: RegExp, order: number) => ({
    skill: `s${order}`,
    version: 1,
    record: matcher(expression),
    pattern: { reason: 'it looks ahead' },
    order
  });

  test('are matched in the thread, with captures', async () => {
    const harness = RuntimeHarness.start();
    const results = await harness.runtime.matching.match(
      [live(/(?=x)(?<a>x)/, 1), live(/(?=y)y/, 2)],
      'axe'
    );
    expect(results).toMatchObject([
      {
        matcher: { skill: 's1' },
        match: { spans: [{ start: 1, end: 2 }], captures: [{ name: 'a', value: 'x' }] }
      }
    ]);
  });

  test('that take exponential time are given up, and the others still answer', async () => {
    const harness = RuntimeHarness.start();
    const results = await harness.runtime.matching.match(
      [live(/^(?=(a+)+$)a+b?$/, 1), live(/(?=a)a/, 2)],
      `${'a'.repeat(60)}c`
    );
    expect(results).toMatchObject([
      { matcher: { skill: 's1' }, error: { code: 'CHATOPS_MATCHER_SLOW' } },
      { matcher: { skill: 's2' }, match: {} }
    ]);
  });
});
