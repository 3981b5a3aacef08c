import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addSkill, Configuration, defaultConfiguration } from '../../../src/bot/config';
import type { ChatOpsError, ErrorRecord } from '../../../src/protocol';

function read(text: string, variables: Record<string, string> = {}): Configuration {
  return Configuration.parse(text, 'configuration.yaml', variables);
}

/** Reads a configuration that may include other files. */
function readWith(files: Record<string, string>, text: string): Configuration {
  return Configuration.parse(text, 'configuration.yaml', {}, name => {
    if (files[name] === undefined) {
      throw new Error('no such file');
    }
    return { text: files[name], file: name };
  });
}

function places(errors: readonly ErrorRecord[]): string[] {
  return errors.map(
    ({ code, message, where }) => `${where?.line}:${where?.column} ${code} ${message}`
  );
}

/** The configuration of the 2017 workshop, as its heredoc wrote it. */
const SEED = `
################################################
##
## Our opsdroid configuration file
################################################

## Set the logging level and location
logging:
  level: debug
  path: /home/jovyan/opsdroid/opsdroid.log
  console: false

## Connector modules
connectors:
  - name: shell

## Skill modules
skills:

  ## Our custom skill
  - name: myskill
    path: /home/jovyan/opsdroid/skill-myskill
    no-cache: true

  ## Developer Tools
  - name: devtools

`;

test('the configuration of the 2017 workshop is right as it stands', () => {
  const { values, errors, warnings } = read(SEED);
  expect([errors, warnings]).toEqual([[], []]);
  expect(values.logging).toMatchObject({ level: 'debug', console: false });
  expect(values.connectors).toMatchObject([{ name: 'shell' }]);
  expect(values.skills).toMatchObject([
    { name: 'myskill', path: '/home/jovyan/opsdroid/skill-myskill', 'no-cache': true },
    { name: 'devtools' }
  ]);
});

test('the default configuration is right', () => {
  const { errors, warnings, skills } = read(defaultConfiguration);
  expect([errors, warnings]).toEqual([[], []]);
  expect(skills.map(({ name }) => name)).toEqual(['devtools']);
});

describe('modules', () => {
  test.each([
    ['a list of sections', 'skills:\n  - name: a\n    path: x\n  - name: b\n'],
    ['a mapping', 'skills:\n  a:\n    path: x\n  b:\n'],
    ['a mapping with empty sections', 'skills:\n  a: { path: x }\n  b: {}\n'],
    ['the list of opsdroid before 0.17', 'skills:\n  - a:\n      path: x\n  - b\n']
  ])('may be written as %s', (_, text) => {
    const { values, errors } = read(text);
    expect(errors).toEqual([]);
    expect(values.skills).toMatchObject([{ name: 'a', path: 'x' }, { name: 'b' }]);
  });

  test('keep every key of their own', () => {
    const { values } = read(
      'skills:\n  - name: chuck\n    base-url: http://x\n    list: [1, two]\n'
    );
    expect(values.skills[0]).toMatchObject({ 'base-url': 'http://x', list: [1, 'two'] });
  });

  test('with `enabled: false` are left out', () => {
    expect(read('skills:\n  - name: a\n    enabled: false\n  - name: b\n').skills).toMatchObject([
      { name: 'b' }
    ]);
  });

  test('of one name are an error at the second one', () => {
    const { values, errors } = read(
      'skills:\n  - name: a\n    path: x\n  - name: a\n    path: y\n'
    );
    expect(places(errors)).toEqual([
      '4:11 CHATOPS_CONFIG_DUPLICATE There are two skills named `a`; the second one is ignored.'
    ]);
    expect(values.skills).toMatchObject([{ path: 'x' }]);
  });

  test('with an impossible name are left out, the others stay', () => {
    const { values, errors } = read(
      'skills:\n  - name: 9lives\n  - path: nameless\n  - name: good\n'
    );
    expect(places(errors)).toEqual([
      expect.stringMatching(/^2:11 CHATOPS_CONFIG_INVALID `skills\[0\]\.name` must be letters/),
      expect.stringMatching(/^3:5 CHATOPS_CONFIG_INVALID `skills\[1\]\.name` must be a text/)
    ]);
    expect(values.skills.map(({ name }) => name)).toEqual(['good']);
  });
});

describe('mistakes are told with their place, and the rest holds', () => {
  test('broken YAML', () => {
    try {
      read('skills:\n  - name: a\n   path: x\n');
      expect.unreachable();
    } catch (error) {
      expect((error as ChatOpsError).record).toMatchObject({
        code: 'CHATOPS_CONFIG_SYNTAX',
        where: { file: 'configuration.yaml', line: 3 }
      });
    }
  });

  test.each([
    [
      'logging:\n  level: loud\n',
      '2:10',
      '`logging.level` must be debug, info, warning, error or critical.'
    ],
    ['logging:\n  console: maybe\n', '2:12', '`logging.console` must be true or false.'],
    ['logging: yes please\n', '1:10', '`logging` must be a group of keys.'],
    ['web:\n  port: 99999\n', '2:9', '`web.port` must be at most 65535.'],
    ['web:\n  token: short\n', '2:10', '`web.token` must be at least 8 characters long.'],
    ['skills:\n  - name: a\n    timeout: 0\n', '3:14', '`skills[0].timeout` must be more than 0.'],
    ['skills:\n  a:\n    timeout: soon\n', '3:14', '`skills.a.timeout` must be a number.'],
    ['- a\n- b\n', '1:1', '`configuration.yaml` must hold keys such as `connectors` and `skills`.']
  ])('%j', (text, place, message) => {
    const { errors, values } = read(text);
    expect(places(errors)).toEqual([`${place} CHATOPS_CONFIG_INVALID ${message}`]);
    expect(values.logging.level).toBe('info');
  });

  test('several at once are all told', () => {
    const { errors } = read('logging:\n  level: loud\n  console: 3\nweb:\n  port: x\n');
    expect(errors).toHaveLength(3);
  });

  test('unknown keys are warned of, with what was meant', () => {
    const { warnings, values } = read(
      'conectors:\n  - name: shell\nlogging:\n  levl: debug\nautoreload: true\n'
    );
    expect(places(warnings)).toEqual([
      '1:1 CHATOPS_CONFIG_UNKNOWN_KEY `conectors` is not a key that ChatOps knows (did you mean `connectors`?).',
      expect.stringMatching(
        /^5:1 CHATOPS_CONFIG_UNKNOWN_KEY `autoreload` .*: skills with a path are loaded again/
      ),
      '4:3 CHATOPS_CONFIG_UNKNOWN_KEY `logging.levl` is not a key that ChatOps knows (did you mean `level`?).'
    ]);
    expect(values.connectors).toEqual([]);
  });

  test('whatever the file holds, it is read or refused with a code', () => {
    const key = fc.constantFrom('skills', 'connectors', 'logging', 'web', 'name', 'path', 'x');
    const value = fc.letrec(tie => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(null, true, 0, -1, 'text', '${X}', '$HOME/x', ''),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(key, tie('value'), { maxKeys: 4 })
      )
    })).value;
    fc.assert(
      fc.property(
        fc.oneof(
          value.map(each => JSON.stringify(each)),
          fc.string()
        ),
        text => {
          try {
            read(text, { HOME: '/home/ann' });
          } catch (error) {
            expect((error as ChatOpsError).code).toBe('CHATOPS_CONFIG_SYNTAX');
          }
        }
      )
    );
  });
});

describe('included files', () => {
  test('stand in the place of `!include`, with places of their own', () => {
    const { values, errors, files } = readWith(
      {
        'skills.yaml': '- name: a\n  timeout: soon\n- !include b.yaml\n',
        'b.yaml': 'name: b\npath: x\n'
      },
      'skills: !include skills.yaml\n'
    );
    expect(values.skills).toMatchObject([
      { name: 'a', timeout: 60 },
      { name: 'b', path: 'x' }
    ]);
    expect(errors).toMatchObject([
      {
        message: '`skills[0].timeout` must be a number.',
        where: { file: 'skills.yaml', line: 2, column: 12 }
      }
    ]);
    expect(files).toEqual(['configuration.yaml', 'skills.yaml', 'b.yaml']);
  });

  test('that are not there, not YAML or circular are told, and the rest holds', () => {
    const { values, errors } = readWith(
      { 'broken.yaml': 'a: [', 'circle.yaml': 'again: !include circle.yaml\n' },
      'bot-name: hal\nlogging: !include nowhere.yaml\nskills: !include broken.yaml\nroles: !include circle.yaml\n'
    );
    expect(values['bot-name']).toBe('hal');
    expect(errors.slice(0, 3)).toMatchObject([
      {
        code: 'CHATOPS_CONFIG_INCLUDE',
        message: expect.stringContaining('no such file'),
        where: { line: 2, column: 19 }
      },
      { code: 'CHATOPS_CONFIG_SYNTAX', where: { file: 'broken.yaml' } },
      {
        code: 'CHATOPS_CONFIG_INCLUDE',
        message: expect.stringContaining('includes itself'),
        where: { file: 'circle.yaml' }
      }
    ]);
  });

  test('are not edited when a skill is added', () => {
    expect(() => addSkill('skills: !include skills.yaml\n', 'new', 'skills/new')).toThrow(
      expect.objectContaining({
        record: expect.objectContaining({
          hint: expect.stringContaining('{ name: new, path: skills/new }')
        })
      })
    );
  });
});

describe('roles, languages and zones', () => {
  test('are read, and what is wrong is told', () => {
    const { values, errors } = read(
      'roles:\n  ops: [ann, "slack:U1"]\n  bad: ann\ntimezone: Mars/Olympus\nlang: de\n'
    );
    expect(values).toMatchObject({
      roles: { ops: ['ann', 'slack:U1'] },
      timezone: 'UTC',
      lang: 'de'
    });
    expect(places(errors)).toEqual([
      '4:11 CHATOPS_CONFIG_INVALID `timezone` must be a time zone such as `Europe/Berlin`.',
      '3:8 CHATOPS_CONFIG_INVALID `roles.bad` must be a list.'
    ]);
  });

  test('parsers and databases may be mappings, as opsdroid writes them', () => {
    const { values } = read(
      'parsers:\n  rasanlu:\n    min-score: 0.5\n  regex:\ndatabases:\n  redis:\n    host: db\n'
    );
    expect(values.parsers).toMatchObject([
      { name: 'rasanlu', 'min-score': 0.5 },
      { name: 'regex' }
    ]);
    expect(values.databases).toMatchObject([{ name: 'redis', host: 'db' }]);
  });

  test('keys of opsdroid that mean nothing here say what became of them', () => {
    expect(places(read('logging:\n  rich: false\n').warnings)).toEqual([
      '2:3 CHATOPS_CONFIG_UNKNOWN_KEY `logging.rich` is not a key that ChatOps knows: the terminal shows colours where it can.'
    ]);
  });
});

describe('variables', () => {
  const skill = (text: string, variables = {}): unknown =>
    read(`skills:\n  - name: a\n    key: ${text}\n`, variables).values.skills[0]?.key;

  test.each([
    ['${HOST}', 'web1'],
    ['http://${HOST}:${PORT}/', 'http://web1:80/'],
    ['"${PORT}"', '80'],
    ['${PORT}', 80],
    ['${DEBUG}', true],
    ['${MISSING:-fallback}', 'fallback'],
    ['${MISSING:-}', ''],
    ['${EMPTY:-fallback}', 'fallback'],
    ['$HOST', 'web1'],
    ['$HOST/logs', 'web1/logs'],
    ['"$HOST"', 'web1'],
    ['cost $HOST', 'cost $HOST'],
    ["'pa$$word'", 'pa$$word']
  ])('%s is %j', (text, expected) => {
    expect(skill(text, { HOST: 'web1', PORT: '80', DEBUG: 'true', EMPTY: '' })).toBe(expected);
  });

  test('that are not set are errors with their place and the key that needs them', () => {
    const { errors } = read('skills:\n  - name: a\n    token: ${CHAT_TOKEN}\n');
    expect(errors).toMatchObject([
      {
        code: 'CHATOPS_CONFIG_VARIABLE',
        message: 'The variable CHAT_TOKEN is used by `skills[0].token` but is not set.',
        where: { line: 3, column: 12 }
      }
    ]);
    expect(errors[0]!.hint).toContain('${CHAT_TOKEN:-something}');
  });
});

test('yes and no are truth values where those belong, and words elsewhere', () => {
  const { values, errors } = Configuration.parse(
    'skills:\n  a: {path: a, enabled: no, answer: yes}\n  b: {path: b, enabled: On}\n',
    'c.yaml',
    {}
  );
  expect(errors).toEqual([]);
  expect(values.skills).toMatchObject([{ enabled: false, answer: 'yes' }, { enabled: true }]);
});

test('what lacks a key it needs is left out, and the rest holds', () => {
  const { values, errors } = Configuration.parse(
    'web:\n  port: 9000\n  ssl:\n    cert: a\n',
    'c.yaml',
    {}
  );
  expect(errors).toMatchObject([{ code: 'CHATOPS_CONFIG_INVALID' }]);
  expect(values.web).toMatchObject({ port: 9000 });
  expect(values.web.ssl).toBeUndefined();
});
