import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { describe, expect, test, vi } from 'vitest';
import { chatops } from '../support/command';
import { temporaryFolder } from '../support/temporary-folder';

const page = readFileSync('docs/command-line.md', 'utf8');

vi.stubGlobal('CHATOPS_VERSION', '0');
const { commandLine } = await import('../../src/bot/cli/command-line');

/** A command that does something, and how it is called. */
interface Leaf {
  words: string;
  command: Command;
}

/** The commands without others below them. */
function leavesOf(command: Command, words: string[] = []): Leaf[] {
  const inner = command.commands.filter(child => child.name() !== 'help');
  return inner.length === 0
    ? [{ words: words.join(' '), command }]
    : inner.flatMap(child => leavesOf(child, [...words, child.name()]));
}

const isHidden = (command: Command): boolean =>
  (command as Command & { _hidden?: boolean })._hidden === true;
const leaves = leavesOf(await commandLine()).filter(({ command }) => !isHidden(command));

describe('the page explains', () => {
  test.each(leaves.map(leaf => [leaf.words, leaf] as const))(
    '`chatops %s` and its options',
    (words, { command }) => {
      expect(page).toMatch(new RegExp(`^\\| \`chatops ${words}[ \`]`, 'm'));
      for (const { long } of command.options) {
        expect(page).toContain(`\`${long}`);
      }
    }
  );

  test('no command that is not there', () => {
    const known = leaves.map(({ words }) => words);
    for (const [, words] of page.matchAll(/^\| `chatops ([a-z][a-z -]*[a-z])/gm)) {
      expect(known).toContain(words);
    }
  });
});

const examples = [...page.matchAll(/```console\n\$ chatops (.*)\n([\s\S]*?)```/g)].map(
  ([, command, expected]) => [command!, expected!] as const
);

describe('its examples show what is really printed', () => {
  test('as often as there are any', () => {
    expect(examples.length).toBe(4);
  });

  test.each(examples)('chatops %s', async (command, expected) => {
    const folder = temporaryFolder({
      'configuration.yaml':
        'roles:\n  ops: [ann]\nskills:\n  - name: ops\n    path: skills/ops.ts\n',
      'skills/ops.ts': `import { matchRegex } from 'chatops';

export const restart = matchRegex(/^restart (?<host>[\\w-]+)$/, {
  examples: ['restart web-3', 'reboot web-3'],
  roles: ['ops'],
  confirm: 'Restart {host}?'
}, () => {});
export const anything = matchRegex(/restart/, { rooms: ['ops'] }, () => {});
`
    });
    const { output } = await chatops(command.split(' '), { cwd: folder });
    const withoutTimes = (text: string): string => text.replace(/[\d.]+ ms/, 'N ms');
    expect(withoutTimes(output)).toBe(withoutTimes(expected));
  });
});
