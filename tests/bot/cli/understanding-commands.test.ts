import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Trace } from '../../../src/protocol';
import { chatops } from '../../support/command';
import { isolateEndpoints, startBot } from '../../support/live-bot';
import { temporaryFolder } from '../../support/temporary-folder';

beforeEach(isolateEndpoints);

const OPS = `import { matchRegex } from 'chatops';
import { appendFileSync } from 'node:fs';
const note = message => appendFileSync(process.env.NOTES, message.text);
export const restart = matchRegex(/^restart (?<host>[\\w-]+)$/, {
  description: 'Restart a server.',
  examples: ['restart web-3'],
  roles: ['ops'],
  confirm: 'Restart {host}?',
  arguments: { host: { description: 'Which server.', choices: ['web-3', 'web-4'] } }
}, note);
export const anything = matchRegex(/restart/, { rooms: ['ops'] }, note);
export const status = matchRegex(/^status$/, { examples: ['status'] }, note);
`;

const CONFIGURATION = `roles:
  ops: [ann]
skills:
  - name: ops
    path: ops.ts
`;

function workspace(more: Record<string, string> = {}, configuration = CONFIGURATION): string {
  return temporaryFolder({ 'configuration.yaml': configuration, 'ops.ts': OPS, ...more });
}

const run = (cwd: string, ...args: string[]) =>
  chatops(args, { cwd, env: { NOTES: path.join(cwd, 'notes'), FORCE_COLOR: '' } });

/** What a terminal shows, without the times. */
const shown = (output: string): string[] => output.replace(/[\d.]+ ms/, 'N ms').split('\n');

describe('why', () => {
  test('shows every candidate with its span, captures and score, and what would come of it', async () => {
    const folder = workspace();
    const { code, output } = await run(folder, 'why', 'restart', 'web-3', '--user', 'ann');
    expect([code, ...shown(output)]).toEqual([
      0,
      'restart web-3',
      'from ann in general by panel; 3 matchers, N ms',
      '',
      '● ops · restart  0.5991',
      '  /^restart (?<host>[\\w-]+)$/  ops.ts:4:24',
      '  restart web-3',
      '  ─────────────',
      '  host = web-3',
      '  0.5991 = 0.9985 (a pattern of 25 characters) × 0.6; covers 100 %',
      '',
      '○ ops · anything  0.5906',
      '  /restart/  ops.ts:11:25',
      '  restart web-3',
      '  ───────',
      '  0.5906 = 0.9844 (a pattern of 7 characters) × 0.6; covers 54 %',
      '  out: rooms must be ops; it is general',
      '',
      'ops would ask first: Restart web-3?',
      ''
    ]);
    expect(() => readFileSync(path.join(folder, 'notes'))).toThrow();
  });

  test.each([
    ['a refusal', ['restart web-3', '--user', 'bob'], 'ops would refuse: it takes the role ops.'],
    ['an answer', ['status'], 'ops would answer.'],
    ['another room', ['please restart', '--room', 'ops'], 'ops would answer.'],
    ['silence', ['dance'], 'Nothing would answer.'],
    ['that all are out', ['please restart'], 'Nothing would answer: all are out.'],
    [
      'what may have been meant',
      ['statsu'],
      'Nothing would answer.\nDid you mean:\n  status  (ops)'
    ]
  ])('tells of %s', async (_, args, verdict) => {
    const { code, output } = await run(workspace(), 'why', ...args);
    expect(code).toBe(0);
    expect(output.trimEnd().endsWith(verdict)).toBe(true);
  });

  test('says which patterns are tried apart, and which parsers are not asked', async () => {
    const model = '  - { name: llm, api: ollama, model: llama3.2, addressed: true }\n';
    const folder = workspace(
      {
        'peek.ts': `import { matchRegex } from 'chatops';\nexport const peek = matchRegex(/(?=peek)p/, () => {});\n`
      },
      `${CONFIGURATION}  - name: peek\n    path: peek.ts\nparsers:\n${model}`
    );
    const { output } = await run(folder, 'why', 'dance', '--user', 'ann');
    expect(shown(output)).toEqual([
      'dance',
      'from ann in general by panel; 4 matchers, N ms',
      '',
      'in a thread of their own',
      '  peek · peek: it looks ahead',
      '',
      'not asked',
      '  llm: it is told only of what is said to the bot, by `addressed`',
      '',
      'Nothing would answer.',
      ''
    ]);
  });

  test('asks the bot that runs, for any person and any place', async () => {
    const { workspace: folder, bot } = await startBot({
      'configuration.yaml': CONFIGURATION.replace('[ann]', "['slack:U1']"),
      'ops.ts': OPS
    });
    const ask = async (...args: string[]): Promise<Trace> =>
      JSON.parse((await run(folder, 'why', 'restart web-3', '--json', ...args)).output) as Trace;
    expect(await ask('--user', 'U1', '--connector', 'slack', '--room', 'C1')).toMatchObject({
      outcome: 'asked',
      connector: 'slack',
      room: 'C1',
      user: { id: 'U1' }
    });
    expect(await ask()).toMatchObject({ outcome: 'refused', connector: 'panel' });
    expect(bot.engine.registry.versionOf('ops')).toBe(1);
  });

  test('leaves no trace in a workspace where no bot runs', async () => {
    const folder = workspace();
    await run(folder, 'why', 'status');
    expect(() => readFileSync(path.join(folder, '.chatops'))).toThrow('ENOENT');
  });
});

describe('test', () => {
  test('is content when every example matches its own matcher', async () => {
    const { code, output } = await run(workspace(), 'test');
    expect([code, output]).toEqual([
      0,
      'ops\n  ✓ restart web-3\n  ✓ status\n\n2 examples, all right\n'
    ]);
  });

  test('fails for examples that match nothing, or that another skill takes', async () => {
    const folder = workspace(
      {
        'greedy.ts': `import { matchRegex } from 'chatops';
export const all = matchRegex(/status|and everything else that is long enough/, { scoreFactor: 1 }, () => {});
export const off = matchRegex(/^never$/, { examples: ['nevr'] }, () => {});`,
        'silent.ts': `import { matchRegex } from 'chatops';\nexport const x = matchRegex(/x{9}/, () => {});`,
        'broken.ts': 'export const x = ;'
      },
      `${CONFIGURATION}${['greedy', 'silent', 'broken'].map(name => `  - name: ${name}\n    path: ${name}.ts\n`).join('')}`
    );
    const { code, output } = await run(folder, 'test');
    expect(code).toBe(1);
    expect(output).toContain(
      '  ✗ status\n      greedy · all wins with 0.9995, status has 0.5926\n'
    );
    expect(output).toContain('  ✗ nevr\n      off does not match it\n');
    expect(output).toMatch(/broken\n {2}✗ would not load: .* broken\.ts:1:18/);
    expect(output).toContain('without examples: silent');
    expect(output).toMatch(/3 examples, 2 wrong\n$/);
    const one = await run(folder, 'test', 'silent', '--json');
    expect([one.code, JSON.parse(one.output)]).toEqual([
      0,
      { results: [], broken: [], untested: ['silent'] }
    ]);
  });

  test('holds an example where its matcher holds', async () => {
    const folder = workspace(
      {
        'here.ts': `import { matchRegex } from 'chatops';
export const here = matchRegex(/^here$/, { rooms: ['den'], users: ['eve'], examples: ['here'] }, () => {});`
      },
      'skills:\n  - name: here\n    path: here.ts\n'
    );
    expect((await run(folder, 'test')).output).toContain('1 example, all right');
  });

  test('says which skill was meant', async () => {
    const { code, errors } = await run(workspace(), 'test', 'opps');
    expect([code, errors]).toEqual([
      1,
      expect.stringContaining('There is no skill named `opps` (did you mean `ops`?).')
    ]);
  });
});

test('docs writes a page of all commands', async () => {
  const folder = workspace();
  const expected = `# What chatops understands

## ops

From \`ops.ts\`.

- \`restart web-3\`: Restart a server.
  - \`host\`: Which server; one of \`web-3\`, \`web-4\`
  - Only for ops.
  - It asks first: Restart {host}?
- \`/restart/\`
  - Only in \`ops\`.
- \`status\`
`;
  expect((await run(folder, 'docs')).output).toBe(expected);
  expect((await run(folder, 'docs', '-o', 'commands.md')).output).toBe('wrote commands.md\n');
  expect(readFileSync(path.join(folder, 'commands.md'), 'utf8')).toBe(expected);
});
