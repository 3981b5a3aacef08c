import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultConfiguration } from '../../../src/bot/config';
import { chatops } from '../../support/command';
import { temporaryFolder } from '../../support/temporary-folder';

const SKILL = `import { matchRegex } from 'chatops';
export const hi = matchRegex(/hi/, message => message.respond('hi'));
`;

/** A git repository with a skill in it. */
function repository(): string {
  const folder = temporaryFolder({ 'index.ts': SKILL });
  const git = (...args: string[]): void =>
    void execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], {
      cwd: folder,
      stdio: 'ignore'
    });
  git('init', '-b', 'master');
  git('add', '.');
  git('commit', '-m', 'a skill');
  return folder;
}

describe('list-modules', () => {
  test('shows everything the configuration names, and what is switched off', async () => {
    const folder = temporaryFolder({
      'configuration.yaml':
        'connectors:\n  shell: {}\n  websocket: {enabled: false}\ndatabases:\n  memory: {}\nparsers:\n  regex: {}\nskills:\n  hi: {path: hi.ts}\n',
      'hi.ts': SKILL
    });
    const { code, output } = await chatops(['config', 'list-modules'], { cwd: folder });
    expect(code).toBe(0);
    expect(output.split('\n').map(line => line.split(/ {2,}/))).toEqual([
      ['KIND', 'NAME', 'FROM', 'SOURCE', 'PINNED'],
      ['connector', 'shell', 'chatops'],
      ['connector', 'websocket (off)', 'chatops'],
      ['database', 'memory', 'chatops'],
      ['parser', 'regex', 'chatops'],
      ['skill', 'hi', 'path', 'hi.ts'],
      ['']
    ]);
    const json = await chatops(['config', '-f', 'configuration.yaml', 'list-modules', '--json'], {
      cwd: folder
    });
    expect(JSON.parse(json.output)).toContainEqual({
      kind: 'skill',
      name: 'hi',
      enabled: true,
      from: 'path',
      source: 'hi.ts'
    });
  });
});

describe('edit', () => {
  const editor = (text: string): Record<string, string> => ({
    VISUAL: '',
    EDITOR: `printf '${text}' >>`
  });

  test('begins with the default configuration, and checks what was written', async () => {
    const folder = temporaryFolder();
    const { code, output, errors } = await chatops(['config', 'edit', '-w', folder], {
      env: editor('skils: {}')
    });
    const file = path.join(folder, 'configuration.yaml');
    expect(readFileSync(file, 'utf8')).toBe(`${defaultConfiguration}skils: {}`);
    expect(output).toContain(`wrote ${file}`);
    expect(errors).toContain('did you mean `skills`?');
    expect(code).toBe(0);
  });

  test('fails when what was written cannot be used', async () => {
    const folder = temporaryFolder({ 'configuration.yaml': 'lang: en\n' });
    const { code } = await chatops(['config', 'edit', '-w', folder], { env: editor('lang: [') });
    expect(code).toBe(3);
  });
});

describe('build', () => {
  test('fetches, pins and loads every skill', async () => {
    const folder = temporaryFolder({
      'configuration.yaml': `skills:\n  here: {path: here.ts}\n  there: {repo: '${repository()}'}\n`,
      'here.ts': SKILL
    });
    const { code, output, errors } = await chatops(['config', 'build', '--verbose'], {
      cwd: folder
    });
    expect(output).toContain('2 skills ready: here, there\n');
    expect(errors).toContain('there: ');
    expect(code).toBe(0);
    expect(existsSync(path.join(folder, '.chatops/skills.lock.json'))).toBe(true);
  });

  test('fails when a skill would not load, and says where', async () => {
    const folder = temporaryFolder({
      'configuration.yaml': 'skills:\n  good: {path: good.ts}\n  bad: {path: bad.ts}\n',
      'good.ts': SKILL,
      'bad.ts': 'notDefined();\n'
    });
    const { code, output, errors } = await chatops(['config', 'build'], { cwd: folder });
    expect(output).toContain('1 skill ready: good\n');
    expect(errors).toContain('bad.ts:1');
    expect(code).toBe(1);
  });

  test('does not begin with a configuration that cannot be used', async () => {
    const folder = temporaryFolder({ 'configuration.yaml': 'skills:\n  bad: {path: gone.ts}\n' });
    expect((await chatops(['config', 'build'], { cwd: folder })).code).toBe(3);
  });
});
