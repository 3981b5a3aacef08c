import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { Configuration } from '../../../src/bot/config';
import { chatops } from '../../support/command';
import { isolateEndpoints, RawClient, startBot } from '../../support/live-bot';
import { answering, LocalRepository, packedPackage } from '../../support/origins';
import { temporaryFolder } from '../../support/temporary-folder';

beforeEach(isolateEndpoints);

const CONFIGURATION = `# mine
connectors:
  - name: shell
skills:
  # first
  - name: devtools # why
  - name: hello
    path: skills/hello
`;

function workspace(files: Record<string, string> = {}): string {
  return temporaryFolder({
    'configuration.yaml': CONFIGURATION,
    'skills/hello/index.ts': answering("'hello'"),
    ...files
  });
}

function configured(folder: string): Record<string, unknown>[] {
  const text = readFileSync(path.join(folder, 'configuration.yaml'), 'utf8');
  for (const comment of ['# mine', '# first', '# why']) {
    expect(text).toContain(comment);
  }
  const { values, errors } = Configuration.parse(text, 'configuration.yaml', {});
  expect(errors).toEqual([]);
  return values.skills;
}

const skill = (cwd: string, ...args: string[]) => chatops(['skill', ...args], { cwd });

describe('add', () => {
  test('a repository: fetched, pinned and entered, and it answers', async () => {
    const repository = new LocalRepository({ 'index.ts': answering("'from there'") });
    const folder = workspace();
    const url = `file://${repository.folder}`;
    const { code, output, errors } = await skill(folder, 'add', url, '--name', 'there');
    const short = repository.head().slice(0, 10);
    expect([code, output]).toEqual([0, `added there, pinned to ${short}\n`]);
    expect(errors).toContain(`there: fetching ${url}`);
    expect(configured(folder).at(-1)).toMatchObject({ name: 'there', repo: url });
    const { output: said } = await chatops(['start'], { cwd: folder, input: 'ask\n' });
    expect(said).toMatch(/hello|from there/);
    expect((await skill(folder, 'list')).output.split('\n')).toEqual([
      expect.stringMatching(/^NAME +FROM +SOURCE +PINNED$/),
      'devtools  chatops',
      'hello     path     skills/hello',
      expect.stringMatching(new RegExp(`^there +repo +file://.* ${short}$`)),
      ''
    ]);
  });

  test('makes the name from the source, and says the path relative to the configuration', async () => {
    const folder = workspace({ 'lib/skill-dance.ts': answering("'dance'") });
    const archive = packedPackage(
      { name: '@ann/chatops-skill-loud', version: '1.0.0', main: 'index.ts' },
      { 'index.ts': answering("'LOUD'") }
    );
    expect((await skill(path.join(folder, 'lib'), 'add', 'skill-dance.ts')).output).toBe(
      'added dance\n'
    );
    expect((await skill(folder, 'add', archive, '--name', 'loud')).output).toBe(
      'added loud, pinned to 1.0.0\n'
    );
    expect(configured(folder).slice(2)).toMatchObject([
      { name: 'dance', path: 'lib/skill-dance.ts' },
      { name: 'loud', package: archive }
    ]);
  });

  test('a repository that lies in the workspace', async () => {
    const folder = workspace();
    const repository = new LocalRepository({ 'index.ts': answering("'near'") });
    repository.git('clone', '--quiet', '.', path.join(folder, 'vendor/near'));
    await skill(folder, 'add', 'vendor/near', '--from', 'repo');
    expect(configured(folder).at(-1)).toMatchObject({ name: 'near', repo: './vendor/near' });
  });

  test.each([
    ['what is not there', ['./nowhere'], 'CHATOPS_SKILL_PATH'],
    ['a repository that is not there', ['file:///nowhere/x.git'], 'CHATOPS_SKILL_FETCH'],
    ['a name that is taken', ['skills/hello'], 'CHATOPS_SKILL_EXISTS'],
    ['a name that is ours', ['skills/hello', '--name', 'devtools'], 'CHATOPS_SKILL_BUILTIN'],
    ['a name that is none', ['skills/hello', '--name', '9'], 'CHATOPS_SKILL_NAME']
  ])('changes nothing for %s', async (_, args, error) => {
    const folder = workspace();
    const { code, errors } = await skill(folder, 'add', ...args);
    expect([code, errors]).toEqual([1, expect.stringContaining(error)]);
    expect(readFileSync(path.join(folder, 'configuration.yaml'), 'utf8')).toBe(CONFIGURATION);
  });
});

test('list, for programs, with what is switched off', async () => {
  const folder = temporaryFolder({
    'configuration.yaml':
      'skills:\n  hello:\n    path: x.ts\n    enabled: false\n  far:\n    repo: https://ann:secret@example.org/x.git\n'
  });
  expect(JSON.parse((await skill(folder, 'list', '--json')).output)).toEqual([
    { name: 'hello', enabled: false, from: 'path', source: 'x.ts' },
    { name: 'far', enabled: true, from: 'repo', source: 'https://example.org/x.git' }
  ]);
  expect((await skill(folder, 'list')).output).toContain('hello (off)');
});

test('new begins a skill that answers', async () => {
  const folder = workspace();
  expect((await skill(folder, 'new', 'my-order')).output).toContain(
    'wrote skills/my-order/index.ts'
  );
  expect(configured(folder).at(-1)).toMatchObject({ name: 'my-order', path: 'skills/my-order' });
  const { output } = await chatops(['start'], { cwd: folder, input: 'my-order tea\n' });
  expect(output).toMatch(/ said my-order tea\.\n/);
  const again = await skill(folder, 'new', 'my-order');
  expect([again.code, again.errors]).toEqual([1, expect.stringContaining('CHATOPS_SKILL_EXISTS')]);
});

test('update takes what is newest, also for the bot that runs', async () => {
  const repository = new LocalRepository({ 'index.ts': answering("'old'") });
  const before = repository.head().slice(0, 10);
  const { endpoint, workspace } = await startBot({
    'configuration.yaml': `skills:\n  - name: it\n    repo: ${repository.folder}\n`
  });
  const client = await RawClient.greeted(endpoint);
  expect((await skill(workspace, 'update')).output).toBe(`it: ${before} is the newest\n`);
  const after = repository.commit({ 'index.ts': answering("'new'") }).slice(0, 10);
  expect(await client.ask('ask')).toEqual(['old']);
  expect((await skill(workspace, 'update', 'it')).output).toBe(`it: ${before} → ${after}\n`);
  expect(await client.ask('ask')).toEqual(['new']);
  const unknown = await skill(workspace, 'update', 'is');
  expect(unknown.errors).toContain('There is no skill named `is`');
});

describe('remove', () => {
  test('takes a skill out with what was fetched for it, and leaves files of the workspace', async () => {
    const repository = new LocalRepository({ 'index.ts': answering("'x'") });
    const folder = workspace();
    await skill(folder, 'add', repository.folder, '--from', 'repo', '--name', 'it');
    expect(existsSync(path.join(folder, '.chatops/skills/it'))).toBe(true);
    expect((await skill(folder, 'remove', 'it')).output).toBe('removed it\n');
    expect(existsSync(path.join(folder, '.chatops/skills/it'))).toBe(false);
    expect((await skill(folder, 'remove', 'hello')).output).toBe(
      'removed hello; its files stay: skills/hello\n'
    );
    expect(existsSync(path.join(folder, 'skills/hello/index.ts'))).toBe(true);
    expect(configured(folder).map(({ name }) => name)).toEqual(['devtools']);
  });

  test.each([
    ['a list', 'skills:\n  - name: a\n  - name: b # b\n'],
    ['a list of names', 'skills:\n  - a\n  - b # b\n'],
    ['a list of mappings', 'skills:\n  - a:\n  - b: {} # b\n'],
    ['a mapping', 'skills:\n  a:\n  b: {} # b\n']
  ])('from %s', async (_, text) => {
    const folder = temporaryFolder({ 'configuration.yaml': text });
    await skill(folder, 'remove', 'a');
    const left = readFileSync(path.join(folder, 'configuration.yaml'), 'utf8');
    expect(Configuration.parse(left, 'x', {}).values.skills.map(({ name }) => name)).toEqual(['b']);
    expect(left).toContain('# b');
  });

  test('says what to do by hand where the skills stand in another file', async () => {
    const folder = temporaryFolder({
      'configuration.yaml': 'skills: !include skills.yaml\n',
      'skills.yaml': '- name: a\n'
    });
    const { code, errors } = await skill(folder, 'remove', 'a');
    expect([code, errors]).toEqual([1, expect.stringContaining('remove the skill a')]);
  });
});
