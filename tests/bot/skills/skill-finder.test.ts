import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { isolateEndpoints, RawClient, startBot } from '../../support/live-bot';
import { answering, LocalRepository, packedPackage } from '../../support/origins';
import { temporaryFolder, writeFiles } from '../../support/temporary-folder';

beforeEach(isolateEndpoints);

const devtools = '  - name: devtools\n';

/** A bot with one skill besides the devtools, whose section has these lines. */
async function start(section: string, files: Record<string, string> = {}) {
  const { bot, workspace, endpoint } = await startBot({
    'configuration.yaml': `skills:\n  - name: it\n${section.replace(/^/gm, '    ')}\n${devtools}`,
    ...files
  });
  return { bot, workspace, client: await RawClient.greeted(endpoint) };
}

function notebook(...cells: string[]): string {
  return JSON.stringify({
    cells: cells.map(source => ({ cell_type: 'code', source, outputs: [] })),
    metadata: {}
  });
}

describe('a skill answers that comes from', () => {
  test('a repository, with packages of its own; newer only when told', async () => {
    const repository = new LocalRepository({
      'index.ts': answering('greeting', "import greeting from 'greeting';\n"),
      'package.json': '{"dependencies": {"greeting": "file:./greeting"}}',
      'greeting/package.json': '{"name": "greeting", "version": "1.0.0", "main": "index.js"}',
      'greeting/index.js': 'module.exports = "Moin";\n'
    });
    const { bot, client } = await start(`repo: ${repository.folder}`);
    expect(await client.ask('ask')).toEqual(['Moin']);
    expect(bot.engine.registry.list()[0]!.source).toMatchObject({
      kind: 'repo',
      path: repository.folder,
      pinned: repository.head(),
      file: `.chatops/skills/it/${repository.head()}/index.ts`
    });
    repository.commit({ 'index.ts': answering("'newer'") });
    expect(await client.ask('reload it')).toHaveLength(1);
    expect(await client.ask('ask')).toEqual(['Moin']);
  });

  test('a gist with one file', async () => {
    const repository = new LocalRepository({ 'anything.ts': answering("'from a gist'") });
    const { client } = await start(`gist: file://${repository.folder}`);
    expect(await client.ask('ask')).toEqual(['from a gist']);
  });

  test('a package', async () => {
    const archive = packedPackage(
      { name: 'chatops-it', version: '2.0.0', main: 'it.ts' },
      { 'it.ts': answering("'from a package'") }
    );
    const { bot, client } = await start(`package: ${archive}`);
    expect(await client.ask('ask')).toEqual(['from a package']);
    expect(bot.engine.registry.list()[0]!.source).toMatchObject({
      kind: 'package',
      pinned: '2.0.0'
    });
  });

  test('a notebook, and again when its cell is saved', async () => {
    const cell = (text: string): string => `%%skill it\n${answering(text)}`;
    const { client, workspace } = await start('path: lesson.ipynb', {
      'lesson.ipynb': notebook('1 + 1', cell("'one'"))
    });
    expect(await client.ask('ask')).toEqual(['one']);
    writeFiles(workspace, { 'lesson.ipynb': notebook('2 + 2', cell("'two'")) });
    const { changes } = await client.next('skills', ({ cause }) => cause === 'file');
    expect(changes.map(({ skill, version }) => [skill, version])).toEqual([['it', 2]]);
    expect(await client.ask('ask')).toEqual(['two']);
  });

  test('a notebook, run as a cell; the notebook is not overwritten', async () => {
    const text = notebook(`%%skill it\n${answering("'one'")}`);
    const { client, workspace } = await start('path: lesson.ipynb', { 'lesson.ipynb': text });
    client.send({ type: 'skill.save', id: 's', name: 'it', source: answering("'two'") });
    await client.next('skill.saved');
    expect(await client.ask('ask')).toEqual(['two']);
    expect(readFileSync(path.join(workspace, 'lesson.ipynb'), 'utf8')).toBe(text);
  });

  test('a folder with a package.json', async () => {
    const { client } = await start('path: it', {
      'it/index.ts': answering('greeting', "import greeting from 'greeting';\n"),
      'it/package.json': '{"dependencies": {"greeting": "file:./greeting"}}',
      'it/greeting/package.json': '{"name": "greeting", "version": "1.0.0", "main": "index.js"}',
      'it/greeting/index.js': 'module.exports = "Hallo";\n'
    });
    expect(await client.ask('ask')).toEqual(['Hallo']);
  });
});

describe('a skill that cannot be had', () => {
  test('leaves the others alone and is told with its line', async () => {
    const { bot, client } = await start('repo: ./nowhere');
    expect(await client.ask('help skills')).toHaveLength(1);
    expect(bot.engine.registry.list()[0]).toMatchObject({
      name: 'it',
      state: 'error',
      error: { code: 'CHATOPS_SKILL_FETCH' }
    });
  });

  test('comes with the next `reload` once it can', async () => {
    const folder = path.join(temporaryFolder(), 'later');
    const { client } = await start(`repo: ${folder}`);
    const repository = new LocalRepository({ 'index.ts': answering("'late'") });
    repository.git('clone', '--quiet', '.', folder);
    await client.ask('reload');
    expect(await client.ask('ask')).toEqual(['late']);
  });

  test.each([
    ['several places', 'path: x\nrepo: a/b', 'CHATOPS_SKILL_ORIGINS'],
    ['no clear beginning', 'gist: GIST', 'CHATOPS_SKILL_ENTRY']
  ])('says why: %s', async (_, section, code) => {
    const repository = new LocalRepository({ 'a.ts': '', 'b.ts': '' });
    const { bot } = await start(section.replace('GIST', repository.folder));
    expect(bot.engine.registry.list()[0]!.error).toMatchObject({ code });
  });

  test('is not written by cells when it is fetched', async () => {
    const repository = new LocalRepository({ 'index.ts': answering("'one'") });
    const { client } = await start(`repo: ${repository.folder}`);
    client.send({ type: 'skill.save', id: 's', name: 'it', source: answering("'two'") });
    expect((await client.next('error')).error).toMatchObject({ code: 'CHATOPS_SKILL_FETCHED' });
    expect(await client.ask('ask')).toEqual(['one']);
  });
});

test('what is not enabled is not even fetched', async () => {
  const repository = new LocalRepository({ 'index.ts': answering("'one'") });
  const { bot, workspace } = await start(`repo: ${repository.folder}\nenabled: false`);
  expect(bot.engine.registry.list().map(({ name }) => name)).toEqual(['devtools']);
  expect(existsSync(path.join(workspace, '.chatops/skills'))).toBe(false);
});
