import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Configuration } from '../../../src/bot/config';
import { SkillSet, devtools } from '../../../src/bot/skills';
import { SkillRegistry, type RegistryEvent } from '../../../src/engine';
import type { SkillChange } from '../../../src/protocol';
import { RuntimeHarness } from '../../support/runtime';
import { writeFiles } from '../../support/temporary-folder';

const noHost = {
  skills: () => [],
  mayTry: () => true,
  reload: () => Promise.resolve([]),
  hold: () => Promise.reject(new Error('not here')),
  release: () => Promise.reject(new Error('not here')),
  clear: () => false,
  quit: () => undefined,
  version: '1'
};

/** A skill whose only matcher is this pattern. */
function source(pattern: string): string {
  return `import { matchRegex } from 'chatops';\nexport const main = matchRegex(/${pattern}/, () => {});\n`;
}

async function setUp(files: Record<string, string>, configuration: string) {
  const harness = RuntimeHarness.start(files);
  const { workspace, runtime } = harness;
  const registry = new SkillRegistry(() => Date.now());
  const skills = new SkillSet({
    registry,
    runtime,
    builtins: new Map([['devtools', devtools(noHost)]]),
    workspace
  });
  onTestFinished(() => skills.close());
  const events: RegistryEvent[] = [];
  let wake = (): void => undefined;
  registry.changed.on(event => {
    events.push(event);
    wake();
  });
  const configure = (text: string) =>
    skills.configure(Configuration.parse(text, 'configuration.yaml', {}), workspace);
  const first = await configure(configuration);
  return {
    workspace,
    registry,
    skills,
    events,
    first,
    configure,
    write: (changed: Record<string, string>) => writeFiles(workspace, changed),
    /** Resolves with the next announcement that satisfies the condition. */
    announced: async (
      condition: (event: RegistryEvent) => boolean = () => true
    ): Promise<RegistryEvent> => {
      for (;;) {
        const found = events.find(condition);
        if (found) {
          events.splice(events.indexOf(found), 1);
          return found;
        }
        await new Promise<void>(resolve => (wake = resolve));
      }
    }
  };
}

const HELLO = 'skills:\n  - name: hello\n    path: skills/hello\n';

function kinds(changes: readonly SkillChange[]): string[] {
  return changes.map(({ skill, kind }) => `${skill} ${kind}`);
}

describe('the configured skills', () => {
  test('are live in the order of the configuration, wherever they lie', async () => {
    const { first, registry } = await setUp(
      {
        'skills/folder/index.ts': source('a'),
        'file.ts': source('b'),
        'script/index.js': source('c')
      },
      'skills:\n  - name: devtools\n  - name: three\n    path: script\n  - name: two\n    path: file.ts\n  - name: one\n    path: skills/folder\n'
    );
    expect(kinds(first)).toEqual(['devtools added', 'three added', 'two added', 'one added']);
    expect(registry.list().map(({ name, source: from }) => [name, from.file])).toEqual([
      ['devtools', undefined],
      ['three', 'script/index.js'],
      ['two', 'file.ts'],
      ['one', 'skills/folder/index.ts']
    ]);
  });

  test('that would not load do not keep the others from it', async () => {
    const { first } = await setUp(
      {
        'skills/good/index.ts': source('a'),
        'skills/bad/index.ts': 'export const a = ;',
        'old/__init__.py': ''
      },
      `skills:
  - name: missing
    path: skills/missing
  - name: bad
    path: skills/bad
  - name: old
    path: old
  - name: unknown
  - name: good
    path: skills/good
`
    );
    expect(
      first.map(({ skill, error }) => [skill, error?.code, error?.where?.file, error?.where?.line])
    ).toEqual([
      ['missing', 'CHATOPS_SKILL_PATH', 'configuration.yaml', 3],
      ['bad', 'CHATOPS_SKILL_SYNTAX', 'skills/bad/index.ts', 1],
      ['old', 'CHATOPS_SKILL_PYTHON', 'configuration.yaml', 7],
      ['unknown', 'CHATOPS_SKILL_SOURCE', 'configuration.yaml', 8],
      ['good', undefined, undefined, undefined]
    ]);
  });

  test('follow the configuration: new ones come, old ones go, unchanged ones stay as they are', async () => {
    const { configure, registry } = await setUp(
      { 'skills/hello/index.ts': source('hi'), 'skills/bye/index.ts': source('bye') },
      HELLO
    );
    const changes = await configure(`${HELLO}  - name: bye\n    path: skills/bye\n`);
    expect(kinds(changes)).toEqual(['hello unchanged', 'bye added']);
    expect(kinds(await configure('skills:\n  - name: bye\n    path: skills/bye\n'))).toEqual([
      'hello removed',
      'bye unchanged'
    ]);
    expect(
      kinds(
        await configure('skills:\n  - name: bye\n    path: skills/bye\n    greeting: tschüss\n')
      )
    ).toEqual(['bye changed']);
    expect(registry.versionOf('bye')).toBe(2);
  });
});

describe('editing a file', () => {
  test('makes the new version live by itself', async () => {
    const { write, announced, registry } = await setUp(
      { 'skills/hello/index.ts': source('hi') },
      HELLO
    );
    write({ 'skills/hello/index.ts': source('hello') });
    const { cause, changes } = await announced();
    expect(cause).toBe('file');
    expect(changes).toMatchObject([
      { skill: 'hello', kind: 'changed', version: 2, changed: [{ after: { pattern: 'hello' } }] }
    ]);
    expect(registry.match('hi')).toEqual([]);
  });

  test('also when an editor replaces the file, or a file it imports is edited', async () => {
    const { workspace, write, announced } = await setUp(
      {
        'skills/hello/index.ts': `import { matchRegex } from 'chatops';\nimport { words } from './words';\nexport const main = matchRegex(words, () => {});`,
        'skills/hello/words.ts': `export const words = /hi/;`
      },
      HELLO
    );
    const file = path.join(workspace, 'skills/hello/words.ts');
    writeFileSync(`${file}.swp`, 'export const words = /hello/;');
    renameSync(`${file}.swp`, file);
    expect((await announced()).changes).toMatchObject([
      { changed: [{ after: { pattern: 'hello' } }] }
    ]);
    write({ 'skills/hello/words.ts': 'export const words = /hey/;' });
    expect((await announced()).changes).toMatchObject([
      { changed: [{ after: { pattern: 'hey' } }] }
    ]);
  });

  test('badly leaves the version that worked live, until it is mended', async () => {
    const { write, announced, registry } = await setUp(
      { 'skills/hello/index.ts': source('hi') },
      HELLO
    );
    write({ 'skills/hello/index.ts': 'export const a = ;' });
    expect((await announced()).changes).toMatchObject([
      {
        kind: 'failed',
        version: 1,
        error: { code: 'CHATOPS_SKILL_SYNTAX', where: { line: 1, column: 18 } }
      }
    ]);
    expect(registry.match('hi')).toHaveLength(1);
    expect(registry.list()).toMatchObject([
      { state: 'live', error: { code: 'CHATOPS_SKILL_SYNTAX' } }
    ]);
    write({ 'skills/hello/index.ts': source('hello') });
    expect((await announced()).changes).toMatchObject([{ kind: 'changed', version: 2 }]);
    expect(registry.list()[0]).not.toHaveProperty('error');
  });

  test('of a file that was missing makes its skill live', async () => {
    const { write, announced, workspace } = await setUp({}, HELLO);
    mkdirSync(path.join(workspace, 'skills'));
    write({ 'skills/hello/index.ts': source('hi') });
    const { changes } = await announced(event =>
      event.changes.some(({ kind }) => kind === 'added')
    );
    expect(kinds(changes)).toEqual(['hello added']);
  });

  test('is not looked at with `no-cache: false`, but found when asked for', async () => {
    const { write, skills, registry } = await setUp(
      { 'skills/hello/index.ts': source('hi'), 'skills/bye/index.ts': source('bye') },
      `${HELLO}    no-cache: false\n`
    );
    write({ 'skills/hello/index.ts': source('hello') });
    expect(registry.versionOf('hello')).toBe(1);
    expect(kinds(await skills.reload(undefined, 'request'))).toEqual(['hello changed']);
  });
});

describe('reload', () => {
  test('loads what changed, leaves the rest alone, and tells which', async () => {
    const { write, skills } = await setUp(
      { 'skills/hello/index.ts': source('hi'), 'skills/bye/index.ts': source('bye') },
      `${HELLO}    no-cache: false\n  - name: bye\n    path: skills/bye\n  - name: devtools\n`
    );
    expect(kinds(await skills.reload(undefined, 'request'))).toEqual([
      'hello unchanged',
      'bye unchanged',
      'devtools unchanged'
    ]);
    write({ 'skills/hello/index.ts': source('hello') });
    expect(kinds(await skills.reload(undefined, 'request'))).toEqual([
      'hello changed',
      'bye unchanged',
      'devtools unchanged'
    ]);
  });

  test('of one that is named happens whether it changed or not', async () => {
    const { skills } = await setUp({ 'skills/hello/index.ts': source('hi') }, HELLO);
    expect(await skills.reload(['hello'], 'request')).toMatchObject([
      { kind: 'changed', version: 2, changed: [] }
    ]);
  });

  test('of one that is not there is an error with the one that was meant', async () => {
    const { skills } = await setUp({ 'skills/hello/index.ts': source('hi') }, HELLO);
    await expect(skills.reload(['helo'], 'request')).rejects.toThrow(
      'There is no skill named `helo` (did you mean `hello`?).'
    );
  });

  test('tells a file that was deleted', async () => {
    const { skills, workspace, registry } = await setUp(
      { 'skills/hello/index.ts': source('hi') },
      `${HELLO}    no-cache: false\n`
    );
    rmSync(path.join(workspace, 'skills/hello'), { recursive: true });
    expect(await skills.reload(undefined, 'request')).toMatchObject([
      { kind: 'failed', version: 1, error: { code: 'CHATOPS_SKILL_PATH' } }
    ]);
    expect(registry.match('hi')).toHaveLength(1);
  });
});

describe('a source from a cell', () => {
  test('is live at once, and then in its file', async () => {
    const { skills, workspace, registry, events } = await setUp(
      { 'skills/hello/index.ts': source('hi') },
      HELLO
    );
    const saved = await skills.save('hello', source('hello'));
    expect(saved).toMatchObject({
      change: { kind: 'changed', version: 2 },
      file: 'skills/hello/index.ts'
    });
    expect(saved.newPath).toBeUndefined();
    expect(registry.match('hello')).toHaveLength(1);
    expect(readFileSync(path.join(workspace, 'skills/hello/index.ts'), 'utf8')).toBe(
      source('hello')
    );
    expect(events.map(({ cause }) => cause)).toEqual(['cell']);
  });

  test('that would not load is not written, and the version that worked stays', async () => {
    const { skills, workspace, registry } = await setUp(
      { 'skills/hello/index.ts': source('hi') },
      HELLO
    );
    const { change, file } = await skills.save('hello', 'export const a = ;');
    expect(change).toMatchObject({
      kind: 'failed',
      version: 1,
      error: { code: 'CHATOPS_SKILL_SYNTAX' }
    });
    expect(file).toBeUndefined();
    expect(readFileSync(path.join(workspace, 'skills/hello/index.ts'), 'utf8')).toBe(source('hi'));
    expect(kinds(await skills.reload(undefined, 'request'))).toEqual(['hello unchanged']);
    expect(registry.match('hi')).toHaveLength(1);
  });

  test('may be a new skill, which gets a place of its own', async () => {
    const { skills, workspace } = await setUp({}, 'skills: []');
    const saved = await skills.save('greet', source('moin'));
    expect(saved).toMatchObject({
      change: { kind: 'added', version: 1 },
      file: 'skills/greet/index.ts',
      newPath: 'skills/greet'
    });
    expect(readFileSync(path.join(workspace, 'skills/greet/index.ts'), 'utf8')).toBe(
      source('moin')
    );
  });

  test('of a new skill that would not load leaves no trace', async () => {
    const { skills, registry } = await setUp({}, 'skills: []');
    const { change, newPath } = await skills.save('greet', 'export const a = ;');
    expect(change.kind).toBe('failed');
    expect(newPath).toBeUndefined();
    expect(registry.list()).toEqual([]);
  });

  test('goes to the file the configuration names', async () => {
    const { skills } = await setUp(
      { 'mine.ts': source('hi') },
      'skills:\n  - name: hello\n    path: mine.ts\n'
    );
    expect((await skills.save('hello', source('hello'))).file).toBe('mine.ts');
  });

  test('may import what lies beside its file', async () => {
    const { skills, registry } = await setUp(
      { 'skills/hello/words.ts': 'export const words = /moin/;' },
      'skills: []'
    );
    await skills.save(
      'hello',
      `import { matchRegex } from 'chatops';\nimport { words } from './words';\nexport const a = matchRegex(words, () => {});`
    );
    expect(registry.match('moin')).toHaveLength(1);
  });

  test('is live but not kept where nothing can be written, and says so', async () => {
    const { skills, workspace, registry } = await setUp({ 'skills/x': '' }, 'skills: []');
    // A file where the folder should be stops everyone, the system's administrator included.
    rmSync(path.join(workspace, 'skills'), { recursive: true });
    writeFileSync(path.join(workspace, 'skills'), '');
    const { change, file } = await skills.save('hello', source('hi'));
    expect(change).toMatchObject({
      kind: 'added',
      warnings: [{ code: 'CHATOPS_WORKSPACE_READ_ONLY' }]
    });
    expect(file).toBeUndefined();
    expect(registry.match('hi')).toHaveLength(1);
  });

  test.each([
    ['9lives', 'CHATOPS_SKILL_NAME'],
    ['../../etc', 'CHATOPS_SKILL_NAME'],
    ['devtools', 'CHATOPS_SKILL_BUILTIN']
  ])('cannot be named %s', async (name, code) => {
    const { skills } = await setUp({}, 'skills: []');
    await expect(skills.save(name, source('x'))).rejects.toMatchObject({ code });
  });
});

test('what brings its thread down while it loads is refused, and the others live on', async () => {
  const { skills, registry } = await setUp({ 'skills/hello/index.ts': source('hi') }, HELLO);
  const { change } = await skills.save(
    'fatal',
    'const list = []; for (;;) { list.push(Buffer.alloc(50_000_000, 1)); await new Promise(r => setTimeout(r, 1)); }'
  );
  expect(change).toMatchObject({ kind: 'failed', error: { code: 'CHATOPS_SKILL_MEMORY' } });
  expect(registry.list().map(({ name, state }) => `${name} ${state}`)).toEqual(['hello live']);
  const saved = await skills.save('hello', source('hello'));
  expect(saved.change).toMatchObject({ kind: 'changed' });
});

describe('a skill on hold', () => {
  test('is told to be so, and is live again when it is released', async () => {
    const { skills, registry } = await setUp({ 'skills/hello/index.ts': source('hi') }, HELLO);
    expect(await skills.hold('hello', 'Ann', 'request')).toMatchObject({
      kind: 'held',
      error: { code: 'CHATOPS_SKILL_ON_HOLD', message: expect.stringContaining('Ann said so') }
    });
    expect(registry.list()).toMatchObject([{ name: 'hello', state: 'held' }]);
    expect(await skills.reload(undefined, 'request')).toMatchObject([{ kind: 'unchanged' }]);
    expect(registry.list()).toMatchObject([{ state: 'held' }]);
    expect(await skills.release('hello', 'request')).toMatchObject({ kind: 'changed' });
    expect(registry.list()).toMatchObject([{ state: 'live' }]);
  });

  test('is live again when it is edited', async () => {
    const { skills, registry, write, announced } = await setUp(
      { 'skills/hello/index.ts': source('hi') },
      HELLO
    );
    await skills.hold('hello', 'Ann', 'request');
    write({ 'skills/hello/index.ts': source('hello') });
    await announced(({ cause }) => cause === 'file');
    expect(registry.list()).toMatchObject([{ state: 'live' }]);
  });

  test('is one of the configuration, and none that comes with ChatOps', async () => {
    const { skills } = await setUp({}, 'skills:\n  - name: devtools\n');
    await expect(skills.hold('devtools', 'Ann', 'request')).rejects.toMatchObject({
      code: 'CHATOPS_SKILL_BUILTIN'
    });
    await expect(skills.hold('hullo', 'Ann', 'request')).rejects.toMatchObject({
      code: 'CHATOPS_SKILL_UNKNOWN'
    });
  });
});
