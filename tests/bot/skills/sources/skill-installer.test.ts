import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  LOCK_FILE,
  originOf,
  SkillInstaller,
  type FetchedOrigin
} from '../../../../src/bot/skills';
import { skillSchema } from '../../../../src/bot/config';
import { LocalRepository, packedPackage } from '../../../support/origins';
import { temporaryFolder } from '../../../support/temporary-folder';

const SKILL = { 'index.ts': 'export const a = 1;\n' };
const all = { dependencies: true };

let workspace: string;
let told: string[];
let installer: SkillInstaller;

beforeEach(() => {
  workspace = temporaryFolder();
  told = [];
  installer = new SkillInstaller(workspace, (_, line) => told.push(line));
});

function from(keys: object): FetchedOrigin {
  return originOf(skillSchema.parse({ name: 'x', ...keys }), workspace) as FetchedOrigin;
}

function lock(): Record<string, unknown> {
  const { skills } = JSON.parse(readFileSync(path.join(workspace, LOCK_FILE), 'utf8')) as {
    skills: Record<string, unknown>;
  };
  return skills;
}

describe('a skill of a repository', () => {
  test('is there in the commit that was newest, and stays in it', async () => {
    const repository = new LocalRepository(SKILL);
    const origin = from({ repo: repository.folder });
    const first = await installer.ensure('x', origin, all);
    expect(first.pinned).toBe(repository.head());
    expect(lock()).toEqual({ x: { source: repository.folder, pinned: repository.head() } });
    expect(told).toEqual([`fetching ${repository.folder}`, `pinned to ${first.pinned}`]);
    repository.commit({ 'index.ts': 'export const a = 2;\n' });
    expect(await installer.ensure('x', origin, all)).toEqual(first);
    expect(told).toHaveLength(2);
    expect(readFileSync(path.join(first.folder, 'index.ts'), 'utf8')).toContain('a = 1');
    expect(existsSync(path.join(first.folder, '.git'))).toBe(false);
  });

  test('is there in that commit again where only the lock file was taken along', async () => {
    const repository = new LocalRepository(SKILL);
    const origin = from({ repo: pathToFileURL(repository.folder).href });
    const { folder, pinned } = await installer.ensure('x', origin, all);
    repository.commit({ 'index.ts': 'export const a = 2;\n' });
    rmSync(folder, { recursive: true });
    expect(await installer.ensure('x', origin, all)).toEqual({ folder, pinned });
    expect(readFileSync(path.join(folder, 'index.ts'), 'utf8')).toContain('a = 1');
  });

  test('is newer when someone asks for that, in a folder of its own', async () => {
    const repository = new LocalRepository(SKILL);
    const origin = from({ repo: repository.folder });
    const { pinned: before, folder } = await installer.ensure('x', origin, all);
    const after = repository.commit({ 'index.ts': 'export const a = 2;\n' });
    const updated = await installer.update('x', origin, all);
    expect(updated).toMatchObject({ before, pinned: after });
    expect(updated.folder).not.toBe(folder);
    expect(readdirSync(path.dirname(folder))).toEqual([path.basename(updated.folder)]);
  });

  test('may be of a branch or a tag', async () => {
    const repository = new LocalRepository(SKILL);
    repository.git('tag', '-a', 'v1', '-m', 'one');
    const tagged = repository.head('v1');
    repository.git('checkout', '--quiet', '-b', 'dev');
    const dev = repository.commit({ 'index.ts': 'export const a = 3;\n' });
    const pinned = async (branch: string): Promise<string> =>
      (await installer.ensure('x', from({ repo: repository.folder, branch }), all)).pinned;
    expect([await pinned('v1'), await pinned('dev'), await pinned('main')]).toEqual([
      tagged,
      dev,
      tagged
    ]);
    await expect(pinned('nowhere')).rejects.toMatchObject({
      code: 'CHATOPS_SKILL_FETCH',
      message: 'The skill `x` could not be fetched: there is no branch or tag nowhere.'
    });
  });

  test('runs nothing: neither hooks nor the scripts of packages', async () => {
    const repository = new LocalRepository({
      ...SKILL,
      'package.json': JSON.stringify({
        dependencies: { greeting: 'file:./greeting' },
        scripts: { install: 'touch ran-install', postinstall: 'touch ran-postinstall' }
      }),
      'greeting/package.json': JSON.stringify({
        name: 'greeting',
        version: '1.0.0',
        scripts: { postinstall: 'touch ran' }
      }),
      'greeting/index.js': 'module.exports = "Moin";\n'
    });
    const { folder } = await installer.ensure('x', from({ repo: repository.folder }), all);
    expect(existsSync(path.join(folder, 'node_modules/greeting/index.js'))).toBe(true);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    expect(files.filter(name => path.basename(name).startsWith('ran'))).toEqual([]);
    expect(told).toContain('installing greeting');
  });

  test('brings no packages with `no-dep`', async () => {
    const repository = new LocalRepository({
      ...SKILL,
      'package.json': '{"dependencies": {"greeting": "file:./greeting"}}'
    });
    const origin = from({ repo: repository.folder });
    const { folder } = await installer.ensure('x', origin, { dependencies: false });
    expect(existsSync(path.join(folder, 'node_modules'))).toBe(false);
  });

  test.each([
    ['is not there', '/nowhere/at/all', /does not (exist|appear to be a git repository)/],
    ['would run a program', 'ext::sh -c touch% /tmp/x', /could not be fetched/],
    ['is taken for an option', '--upload-pack=touch x', /could not be fetched/]
  ])('that %s is an error, and leaves nothing behind', async (_, url, message) => {
    const origin = { ...from({ repo: '/x' }), url } as FetchedOrigin;
    await expect(installer.ensure('x', origin, all)).rejects.toThrow(message);
    expect(readdirSync(path.join(workspace, '.chatops/skills/x'))).toEqual([]);
    expect(existsSync(path.join(workspace, LOCK_FILE))).toBe(false);
  });
});

describe('a skill of a package', () => {
  const pack = (version: string): string =>
    packedPackage(
      { name: '@ann/moin', version, main: 'moin.js', scripts: { postinstall: 'touch ran' } },
      { 'moin.js': `export const version = '${version}';\n` }
    );

  test('is unpacked into its own place, pinned by version and hash', async () => {
    const origin = from({ package: pack('1.2.3') });
    const { folder, pinned } = await installer.ensure('x', origin, all);
    expect(pinned).toBe('1.2.3');
    expect(readdirSync(folder).toSorted()).toEqual(['moin.js', 'package.json']);
    expect(lock()).toEqual({
      x: {
        source: origin.kind === 'package' && origin.specifier,
        pinned,
        integrity: expect.stringMatching(/^sha512-/)
      }
    });
    told = [];
    expect(await installer.ensure('x', origin, all)).toEqual({ folder, pinned });
    expect(told).toEqual([]);
  });

  test('that is not the pinned one any more is refused', async () => {
    const archive = pack('1.0.0');
    const origin = from({ package: archive });
    await installer.ensure('x', origin, all);
    rmSync(path.join(workspace, '.chatops/skills'), { recursive: true });
    writeFileSync(
      archive,
      readFileSync(packedPackage({ name: '@ann/moin', version: '1.0.0' }, { 'moin.js': 'evil();' }))
    );
    await expect(installer.ensure('x', origin, all)).rejects.toThrow(
      /its archive is not the one that was pinned/
    );
  });

  test('that is not there is an error', async () => {
    await expect(installer.ensure('x', from({ package: './none.tgz' }), all)).rejects.toMatchObject(
      { code: 'CHATOPS_SKILL_FETCH' }
    );
  });
});

test('a lock file that cannot be read is no reason to fetch what is newest', async () => {
  const repository = new LocalRepository(SKILL);
  await installer.ensure('x', from({ repo: repository.folder }), all);
  writeFileSync(path.join(workspace, LOCK_FILE), '{');
  await expect(installer.ensure('x', from({ repo: repository.folder }), all)).rejects.toMatchObject(
    {
      code: 'CHATOPS_SKILL_LOCK'
    }
  );
});

test('a skill is removed with its files and its pin', async () => {
  const repository = new LocalRepository(SKILL);
  await installer.ensure('x', from({ repo: repository.folder }), all);
  installer.remove('x');
  expect(lock()).toEqual({});
  expect(existsSync(path.join(workspace, '.chatops/skills/x'))).toBe(false);
});

test('the packages that a folder of the workspace needs are installed in it', async () => {
  const folder = temporaryFolder({
    'package.json': '{"dependencies": {"greeting": "file:./greeting"}}',
    'greeting/package.json': '{"name": "greeting", "version": "1.0.0"}'
  });
  await installer.completeFolder('x', folder);
  expect(existsSync(path.join(folder, 'node_modules/greeting/package.json'))).toBe(true);
  told = [];
  await installer.completeFolder('x', folder);
  expect(told).toEqual([]);
  const broken = temporaryFolder({
    'package.json': '{"dependencies": {"greeting": "file:./nowhere.tgz"}}'
  });
  await expect(installer.completeFolder('x', broken)).rejects.toMatchObject({
    code: 'CHATOPS_SKILL_DEPENDENCIES'
  });
});
