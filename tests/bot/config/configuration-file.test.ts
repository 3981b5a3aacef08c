import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  addSkill,
  Configuration,
  findConfiguration,
  readConfiguration,
  readVariables
} from '../../../src/bot/config';
import { temporaryFolder, writeFiles } from '../../support/temporary-folder';

describe('the configuration that holds', () => {
  test('is that of the workspace, before those of the user', () => {
    const home = temporaryFolder({
      '.config/chatops/configuration.yaml': '',
      '.opsdroid/configuration.yaml': ''
    });
    const workspace = temporaryFolder();
    const own = path.join(workspace, 'configuration.yaml');
    expect(findConfiguration(workspace, home)).toBe(
      path.join(home, '.config/chatops/configuration.yaml')
    );
    writeFiles(workspace, { 'configuration.yaml': '' });
    expect(findConfiguration(workspace, home)).toBe(own);
  });

  test('may be the one that the 2017 workshop wrote', () => {
    const home = temporaryFolder({ '.opsdroid/configuration.yaml': '' });
    expect(findConfiguration(temporaryFolder(), home)).toBe(
      path.join(home, '.opsdroid/configuration.yaml')
    );
  });

  test('belongs into the workspace when there is none', () => {
    const workspace = temporaryFolder();
    expect(findConfiguration(workspace, temporaryFolder())).toBe(
      path.join(workspace, 'configuration.yaml')
    );
  });

  test('that cannot be read is an error with a code', () => {
    expect(() => readConfiguration('/nowhere/x.yaml', 'x.yaml', {})).toThrow(
      /x\.yaml cannot be read: it is not there/
    );
  });
});

test('variables come from the process, then from the .env file', () => {
  const workspace = temporaryFolder({ '.env': '# a comment\nCHUCK_URL=http://a\nBOTH="file"\n' });
  expect(readVariables(workspace, { BOTH: 'process' })).toEqual({
    CHUCK_URL: 'http://a',
    BOTH: 'process'
  });
});

describe('entering a skill', () => {
  test.each([
    ['into a list', '# mine\nskills:\n  # first\n  - name: a # why\n'],
    ['into a mapping', '# mine\nskills:\n  # first\n  a: {} # why\n'],
    ['where there are none', '# mine\nlogging:\n  level: info # why\n'],
    ['into an empty file', ''],
    ['into an empty section', 'skills:\n']
  ])('%s keeps everything else', (_, text) => {
    const added = addSkill(text, 'hello', 'skills/hello');
    const { values, errors } = Configuration.parse(added, 'x', {});
    expect(errors).toEqual([]);
    expect(values.skills.at(-1)).toMatchObject({ name: 'hello', path: 'skills/hello' });
    for (const comment of text.match(/#.*/g) ?? []) {
      expect(added).toContain(comment);
    }
  });
});

test('the examples of the documentation are right', () => {
  const page = readFileSync('docs/configuration.md', 'utf8');
  const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(match => match[1]!);
  expect(examples.length).toBeGreaterThan(0);
  for (const example of examples) {
    const { errors, warnings } = Configuration.parse(
      example,
      'example',
      { CHAT_TOKEN: 'a-long-secret' },
      name => ({ text: '- name: devtools\n', file: name })
    );
    expect([errors, warnings]).toEqual([[], []]);
  }
});
