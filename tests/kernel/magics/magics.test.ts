import { describe, expect, test } from 'vitest';
import type { BotLink } from '../../../src/kernel/bot-link';
import {
  completeMagic,
  inspectMagic,
  magics,
  parseMagics,
  runMagic,
  type MagicContext
} from '../../../src/kernel/magics';
import type { MimeBundle } from '../../../src/kernel/thread';
import {
  chatOpsError,
  type ChatOpsError,
  type ErrorRecord,
  type SkillRecord
} from '../../../src/protocol';

const hello: SkillRecord = {
  name: 'hello',
  state: 'live',
  version: 3,
  source: { kind: 'path', file: 'elsewhere/hello.ts' },
  matchers: [
    {
      id: 'hello',
      handler: 'hello',
      kind: 'regex',
      pattern: '^hi$',
      flags: 'i',
      condition: 'search',
      scoreFactor: 0.6
    }
  ]
};

/** Runs a cell's magic against a bot that answers every request in one way. */
async function run(cell: string, answer: object | Error = {}, metadata = {}) {
  const requests: object[] = [];
  const shown: MimeBundle[] = [];
  const bot = {
    skills: [hello],
    request: (frame: object) => {
      requests.push(frame);
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    }
  } as unknown as BotLink;
  const context: MagicContext = {
    bot,
    magics,
    types: { mode: 'warn', version: '7.0.2' },
    folder: '/nowhere',
    payload: () => undefined,
    label: 'cell 4',
    metadata,
    signal: new AbortController().signal,
    display: bundle => shown.push(bundle),
    write: () => undefined
  };
  let error: ErrorRecord | undefined;
  for (const call of parseMagics(cell).calls) {
    try {
      await runMagic(call, context);
    } catch (thrown) {
      error = (thrown as ChatOpsError).record;
    }
  }
  return { requests, text: String(shown[0]?.['text/plain'] ?? ''), shown: shown[0], error };
}

const change = {
  skill: 'hello',
  kind: 'changed',
  version: 3,
  added: [],
  removed: [],
  changed: [{ before: { ...hello.matchers[0]!, pattern: 'hi' }, after: hello.matchers[0]! }],
  warnings: [],
  duration: 4.2
};

describe('%%skill', () => {
  test('sends the rest of the cell, and says what is live', async () => {
    const { requests, text, shown } = await run('// %%skill hello\nexport const a = 1;\n', {
      change,
      file: 'skills/hello/index.ts',
      configured: true
    });
    expect(requests).toEqual([
      { type: 'skill.save', name: 'hello', source: 'export const a = 1;\n' }
    ]);
    expect(text.split('\n')).toEqual([
      'hello is live: version 3',
      '~ hello  /^hi$/i   was /hi/i',
      '  written to skills/hello/index.ts · entered into the configuration · 4.2 ms'
    ]);
    expect(shown!['text/html']).toContain('<code>/^hi$/i</code>');
  });

  test('says what JupyterLab knew to stand in the file', async () => {
    const cell = '%%skill hello\nexport const a = 1;\n';
    const metadata = { chatops: { skill: 'hello', ran: '1-1', base: '2-2' } };
    const { requests } = await run(cell, { change, configured: false }, metadata);
    expect(requests).toMatchObject([{ type: 'skill.save', base: '2-2' }]);
  });

  test.each(['skills/hello/index.ts', 'elsewhere/hello.ts', 'cell'])(
    'a mistake in %s is one in the cell',
    async file => {
      const { error } = await run('\n%%skill hello\nconst a = 1;\nconst b = ;', {
        change: {
          ...change,
          kind: 'failed',
          error: chatOpsError(
            'CHATOPS_SKILL_SYNTAX',
            { reason: 'Unexpected token' },
            {
              where: { file, line: 2, column: 11 },
              excerpt: 'of the source',
              stack: [`run (${file}:2:11)`, 'other.ts:1:1']
            }
          ).record
        },
        configured: false
      });
      expect(error).toMatchObject({
        code: 'CHATOPS_SKILL_SYNTAX',
        where: { file: 'cell 4', line: 4, column: 11 },
        stack: ['run (cell 4:4:11)', 'other.ts:1:1'],
        hint: 'Correct the code here. Version 3 of hello, which worked, keeps answering.'
      });
      expect(error!.excerpt).toContain('> 4 | const b = ;');
    }
  );

  test('a mistake in a file that the skill imports stays there', async () => {
    const where = { file: 'skills/hello/helper.ts', line: 1, column: 2 };
    const { error } = await run('%%skill hello\nx', {
      change: {
        ...change,
        kind: 'failed',
        version: 0,
        error: chatOpsError('CHATOPS_SKILL_LOAD', { reason: 'no' }, { where, excerpt: 'helper' })
          .record
      },
      configured: false
    });
    expect(error).toMatchObject({ where, excerpt: 'helper' });
    expect(error!.hint).toContain('No version of hello is live yet.');
  });

  test.each([
    ['%%skill\nx', 'needs the name'],
    ['%%skill hello there\nx', '`there` is too much']
  ])('%j is told how it is written', async (cell, reason) => {
    const { error, requests } = await run(cell);
    expect(error).toMatchObject({ code: 'CHATOPS_MAGIC_USAGE', where: { line: 1 } });
    expect(error!.message).toContain(reason);
    expect(requests).toEqual([]);
  });
});

describe('%%config', () => {
  test('puts the rest of the cell into force, and shows warnings at their lines', async () => {
    const warning = chatOpsError(
      'CHATOPS_CONFIG_UNKNOWN_KEY',
      { key: 'skils', suggestion: '' },
      { where: { file: 'configuration.yaml', line: 1, column: 1 } }
    ).record;
    const { requests, text } = await run('%%config\nskils: []', {
      file: 'configuration.yaml',
      changes: [{ ...change, kind: 'removed', skill: 'old' }],
      warnings: [warning]
    });
    expect(requests).toEqual([{ type: 'config.save', source: 'skils: []' }]);
    expect(text).toContain('configuration.yaml is in force.');
    expect(text).toContain('old is gone');
    expect(text).toContain('CHATOPS_CONFIG_UNKNOWN_KEY at cell 4:2:1');
  });

  test('a mistake is one in the cell', async () => {
    const refused = chatOpsError(
      'CHATOPS_CONFIG_SYNTAX',
      { reason: 'bad' },
      { where: { file: 'configuration.yaml', line: 2, column: 3 } }
    );
    const { error } = await run('%%config\na:\n  b', refused);
    expect(error).toMatchObject({ where: { file: 'cell 4', line: 3, column: 3 } });
  });
});

describe('%help', () => {
  test('lists every magic and every name', async () => {
    const { text } = await run('%help');
    for (const name of [
      '%%skill',
      '%%config',
      '%help',
      'chat(',
      'bot.start()',
      'why(',
      'startFixture('
    ]) {
      expect(text).toContain(name);
    }
  });

  test.each(['%%skill', 'skill', 'chat', 'chat()', 'bot'])('explains %s', async topic => {
    expect((await run(`%help ${topic}`)).text.length).toBeGreaterThan(100);
  });

  test('knows what it does not know', async () => {
    expect((await run('%help chatt')).error!.message).toContain('did you mean `chat`');
  });
});

test('an unknown magic is refused, with the one that was meant', async () => {
  const { error } = await run('\n%%skil hello\nx');
  expect(error).toMatchObject({
    code: 'CHATOPS_MAGIC_UNKNOWN',
    message: 'There is no magic named `%%skil` (did you mean `%%skill`?).',
    where: { line: 2, column: 1 }
  });
});

test('completion of magics and of what follows them', () => {
  const context = { magics, bot: { skills: [hello] } as unknown as BotLink };
  expect(completeMagic('%%', context)).toEqual({
    matches: ['%%skill', '%%config', '%%bash'],
    start: 0
  });
  expect(completeMagic('// %%sk', context)).toEqual({ matches: ['%%skill'], start: 3 });
  expect(completeMagic('%%skill he', context)).toEqual({ matches: ['hello'], start: 8 });
  expect(completeMagic('%%skill hello --', context)).toEqual({
    matches: ['--say', '--why', '--quiet'],
    start: 14
  });
  expect(completeMagic('// %%skill hello --say "hi" --q', context)?.matches).toEqual(['--quiet']);
  expect(completeMagic('%help cha', context)).toEqual({ matches: ['chat'], start: 6 });
  expect(completeMagic('a % b', context)).toBeUndefined();
});

test('the hover explains a magic', () => {
  expect(inspectMagic('// %%skill hello')?.['text/markdown']).toContain('%%skill NAME');
  expect(inspectMagic('const a = 1')).toBeUndefined();
});
