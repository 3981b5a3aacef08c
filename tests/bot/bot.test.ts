import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { fingerprint } from '../../src/protocol';
import { isolateEndpoints, RawClient, startBot } from '../support/live-bot';
import { temporaryFolder, writeFiles } from '../support/temporary-folder';

beforeEach(isolateEndpoints);

const HELLO = `import { matchRegex } from 'chatops';
export const hello = matchRegex(/hi|hello|hey|hallo/, async (bot, config, message) => {
  await message.respond(\`\${config.greeting ?? 'Hi'} \${message.user}\`);
});
`;

const CONFIGURATION = `logging:
  level: debug
  path: bot.log
connectors:
  - name: shell
skills:
  - name: hello
    path: skills/hello
    no-cache: true
  - name: devtools
`;

const workshop = { 'configuration.yaml': CONFIGURATION, 'skills/hello/index.ts': HELLO };

/** The codes of the errors that the bot has told in the room. */
async function noticesOf(client: RawClient, id = 'notices'): Promise<(string | undefined)[]> {
  client.send({ type: 'history', id, room: 'general' });
  const { messages } = await client.next('history', ({ re }) => re === id);
  return messages.filter(({ notice }) => notice === 'error').map(({ error }) => error?.code);
}

describe('the loop of the workshop', () => {
  test('hello is answered with the name; so is the sentence that should not be', async () => {
    const { endpoint } = await startBot(workshop);
    const client = await RawClient.greeted(endpoint, { user: { name: 'Ann' } });
    expect(await client.ask('hello')).toEqual(['Hi Ann']);
    expect(await client.ask('do not say hello to this message')).toEqual(['Hi Ann']);
  });

  test('a strict pattern from a cell changes that without losing anything', async () => {
    const { endpoint } = await startBot(workshop);
    const client = await RawClient.greeted(endpoint);
    await client.ask('hello');
    const source = HELLO.replace('/hi|hello|hey|hallo/', '/^(hi|hello|hey|hallo)$/');
    client.send({ type: 'skill.save', id: 'save', name: 'hello', source });
    const { change, file } = await client.next('skill.saved');
    expect(change).toMatchObject({
      kind: 'changed',
      changed: [
        { before: { pattern: 'hi|hello|hey|hallo' }, after: { pattern: '^(hi|hello|hey|hallo)$' } }
      ]
    });
    expect(file).toBe('skills/hello/index.ts');
    expect(await client.ask('do not say hello to this message')).toEqual([]);
    expect(await client.ask('hello')).toHaveLength(1);
  });

  test('saving the file does the same, and everyone is told', async () => {
    const { endpoint, workspace } = await startBot(workshop);
    const client = await RawClient.greeted(endpoint);
    writeFiles(workspace, { 'skills/hello/index.ts': HELLO.replace('/hi|', '/^hi$|') });
    const { cause, changes, skills } = await client.next('skills');
    expect([cause, changes[0]?.kind, skills[0]?.version]).toEqual(['file', 'changed', 2]);
  });

  test('`reload` says what changed', async () => {
    const { endpoint, workspace } = await startBot({
      ...workshop,
      'configuration.yaml': CONFIGURATION.replace('no-cache: true', 'no-cache: false')
    });
    const client = await RawClient.greeted(endpoint);
    expect(await client.ask('reload')).toEqual(['Nothing has changed since the last load.']);
    writeFiles(workspace, {
      'skills/hello/index.ts': HELLO.replace('hi|hello|hey|hallo', '^hello$')
    });
    expect(await client.ask('reload')).toEqual([
      'Reloaded.\n- **hello** is live in version 2: `/hi|hello|hey|hallo/` is now `/^hello$/`.\nUnchanged: devtools.'
    ]);
    expect(await client.ask('reload helo')).toEqual([
      'There is no skill named `helo` (did you mean `hello`?). These are there: hello, devtools.'
    ]);
    expect(await client.ask('reload me up')).toHaveLength(1);
  });

  test('`help` shows what is understood, `help skills` what is live', async () => {
    const { endpoint } = await startBot(workshop);
    const client = await RawClient.greeted(endpoint);
    const [help] = await client.ask('help');
    expect(help).toContain('**hello**\n- `/hi|hello|hey|hallo/`');
    expect(help).toContain('- `reload`, `reload hello`: Load skills again');
    expect(await client.ask('help skills')).toEqual([
      '- **hello**: live, version 1, 1 matcher\n- **devtools**: live, version 1, 7 matchers'
    ]);
    expect((await client.ask('help skill hello'))[0]).toContain(
      'It is loaded from `skills/hello/index.ts`.'
    );
  });

  test('an error in a cell goes to the cell and to the room', async () => {
    const { endpoint } = await startBot(workshop);
    const client = await RawClient.greeted(endpoint);
    client.send({ type: 'skill.save', id: 'save', name: 'hello', source: 'export const a = ;' });
    const { change } = await client.next('skill.saved');
    const { message } = await client.next('message');
    for (const error of [change.error, message.error]) {
      expect(error).toMatchObject({
        code: 'CHATOPS_SKILL_SYNTAX',
        where: { file: 'skills/hello/index.ts', line: 1, column: 18 }
      });
    }
    expect(message).toMatchObject({ room: 'general', notice: 'error' });
    expect(await client.ask('hello')).toHaveLength(1);
  });

  test('a cell is not written over what was edited elsewhere, unless its author has seen that', async () => {
    const { endpoint, workspace } = await startBot(workshop);
    const client = await RawClient.greeted(endpoint);
    const file = path.join(workspace, 'skills/hello/index.ts');
    const elsewhere = HELLO.replace('hi|hello|hey|hallo', 'hello|moin');
    writeFileSync(file, elsewhere);
    await client.next('skills', ({ cause }) => cause === 'file');
    const source = HELLO.replace('hi|hello|hey|hallo', 'hello|servus');
    const frame = { type: 'skill.save', name: 'hello', source } as const;

    client.send({ ...frame, id: 'blind', base: fingerprint(HELLO) });
    const { error } = await client.next('error');
    expect(error).toMatchObject({
      code: 'CHATOPS_SKILL_CONFLICT',
      message: expect.stringContaining('skills/hello/index.ts') as string
    });
    expect(readFileSync(file, 'utf8')).toBe(elsewhere);
    expect(await client.ask('moin')).toHaveLength(1);

    client.send({ ...frame, id: 'seen', base: fingerprint(elsewhere) });
    expect((await client.next('skill.saved')).change.kind).toBe('changed');
    expect(readFileSync(file, 'utf8')).toBe(source);
  });

  test('several cells with one skill may run one after the other', async () => {
    const { endpoint } = await startBot(workshop);
    const client = await RawClient.greeted(endpoint);
    for (const id of ['moin', 'servus']) {
      const source = HELLO.replace('hi|hello|hey|hallo', id);
      client.send({ type: 'skill.save', id, name: 'hello', source, base: fingerprint(HELLO) });
      const { change } = await client.next('skill.saved', ({ re }) => re === id);
      expect(change.kind).toBe('changed');
    }
    expect(await client.ask('servus')).toHaveLength(1);
  });

  test('a message for a skill on hold says so', async () => {
    const { endpoint } = await startBot(workshop);
    const client = await RawClient.greeted(endpoint, { user: { name: 'Ann' } });
    client.send({ type: 'skill.hold', id: 'hold', name: 'hello' });
    await client.next('skill.held');
    client.send({ type: 'say', id: 'm', room: 'general', text: 'hello' });
    const { handled } = await client.next('handled');
    expect(handled).toMatchObject({
      outcome: 'stopped',
      skill: 'hello',
      reason: {
        code: 'CHATOPS_SKILL_ON_HOLD',
        message: expect.stringContaining('Ann said so') as string
      }
    });
  });

  test('a new skill from a cell is entered into the configuration', async () => {
    const { endpoint, workspace } = await startBot(workshop);
    const client = await RawClient.greeted(endpoint);
    const source = HELLO.replace('hi|hello|hey|hallo', 'moin');
    client.send({ type: 'skill.save', id: 'save', name: 'moin', source });
    expect(await client.next('skill.saved')).toMatchObject({
      configured: true,
      change: { kind: 'added' }
    });
    expect(await client.ask('moin')).toHaveLength(1);
    expect(readFileSync(path.join(workspace, 'configuration.yaml'), 'utf8')).toContain(
      '  - name: moin\n    path: skills/moin\n'
    );
  });

  test('a new skill from a cell is loaded once, and again when its file is edited', async () => {
    const { endpoint, workspace } = await startBot(workshop);
    const client = await RawClient.greeted(endpoint);
    client.send({ type: 'skill.save', id: 'save', name: 'moin', source: HELLO });
    await client.next('skill.saved');
    const file = path.join(workspace, 'skills/moin/index.ts');
    writeFileSync(file, HELLO.replace('hi|hello|hey|hallo', 'moin'));
    const { changes } = await client.next('skills', ({ cause }) => cause === 'file');
    expect(changes).toMatchObject([{ skill: 'moin', kind: 'changed', version: 2 }]);
  });
});

describe('the configuration', () => {
  test('is written on the first run', async () => {
    const home = process.env.HOME;
    process.env.HOME = temporaryFolder();
    const { workspace, endpoint } = await startBot();
    process.env.HOME = home;
    const client = await RawClient.greeted(endpoint);
    expect(readFileSync(path.join(workspace, 'configuration.yaml'), 'utf8')).toContain(
      '- name: devtools'
    );
    expect((await client.next('ready')).warnings).toEqual([]);
  });

  test('is in force as soon as the file is saved', async () => {
    const { endpoint, workspace } = await startBot(workshop);
    const client = await RawClient.greeted(endpoint, { user: { name: 'Ann' } });
    writeFiles(workspace, {
      'configuration.yaml': CONFIGURATION.replace(
        '    no-cache: true\n',
        '    no-cache: true\n    greeting: Moin\n'
      )
    });
    await client.next('skills', ({ cause }) => cause === 'configuration');
    expect(await client.ask('hello')).toEqual(['Moin Ann']);
  });

  test('follows the .env file', async () => {
    const { endpoint, workspace } = await startBot({
      ...workshop,
      'configuration.yaml': CONFIGURATION.replace(
        '    no-cache: true\n',
        '    no-cache: true\n    greeting: ${GREETING:-Servus}\n'
      )
    });
    const client = await RawClient.greeted(endpoint, { user: { name: 'Ann' } });
    expect(await client.ask('hello')).toEqual(['Servus Ann']);
    writeFiles(workspace, { '.env': 'GREETING=Moin\n' });
    await client.next('skills', ({ cause }) => cause === 'configuration');
    expect(await client.ask('hello')).toEqual(['Moin Ann']);
  });

  test('that is broken when the bot starts is told, and the bot is there', async () => {
    const { endpoint } = await startBot({
      'configuration.yaml': 'skills:\n  - name: a\n   path: b\n'
    });
    const client = await RawClient.greeted(endpoint);
    expect((await client.next('ready')).warnings).toMatchObject([
      { code: 'CHATOPS_CONFIG_SYNTAX', where: { file: 'configuration.yaml', line: 3 } }
    ]);
    expect(await noticesOf(client)).toEqual(['CHATOPS_CONFIG_SYNTAX']);
    expect(await client.ask('help')).toHaveLength(1);
  });

  test('that is broken later is told in the room, and what held before holds on', async () => {
    const { endpoint, workspace } = await startBot(workshop);
    const client = await RawClient.greeted(endpoint);
    writeFiles(workspace, { 'configuration.yaml': 'skills: [' });
    const { message } = await client.next('message', frame => frame.message.notice === 'error');
    expect(message.error).toMatchObject({ code: 'CHATOPS_CONFIG_SYNTAX' });
    expect(await client.ask('hello')).toHaveLength(1);
  });

  test('that is odd is told in the room, all of it, once for as long as it is', async () => {
    const { endpoint, workspace } = await startBot({
      ...workshop,
      'configuration.yaml': `${CONFIGURATION}conectors: []\nlogin: []\n`
    });
    const client = await RawClient.greeted(endpoint);
    expect(await noticesOf(client)).toHaveLength(2);
    writeFiles(workspace, {
      'configuration.yaml': `bot-name: marvin\n${CONFIGURATION}conectors: []\nskils: []\n`
    });
    await client.next('message', frame => frame.message.text.includes('skils'));
    expect(await noticesOf(client, 'later')).toHaveLength(3);
  });

  test('from a cell is checked before it is written', async () => {
    const { endpoint, workspace } = await startBot(workshop);
    const client = await RawClient.greeted(endpoint);
    client.send({ type: 'config.save', id: 'bad', source: 'logging:\n  level: loud\n' });
    expect(await client.next('error')).toMatchObject({
      re: 'bad',
      error: { code: 'CHATOPS_CONFIG_INVALID', where: { line: 2, column: 10 } }
    });
    expect(readFileSync(path.join(workspace, 'configuration.yaml'), 'utf8')).toBe(CONFIGURATION);
    client.send({ type: 'config.save', id: 'good', source: 'skills:\n  devtools:\n' });
    expect(await client.next('config.saved')).toMatchObject({
      re: 'good',
      file: 'configuration.yaml',
      changes: [
        { skill: 'hello', kind: 'removed' },
        { skill: 'devtools', kind: 'unchanged' }
      ]
    });
    expect(await client.ask('hello')).toEqual([]);
  });

  test('with an unknown connector is told, and the others work', async () => {
    const { endpoint } = await startBot({
      'configuration.yaml': 'connectors:\n  - name: websockets\n  - name: shell\n'
    });
    const client = await RawClient.greeted(endpoint);
    expect((await client.next('ready')).warnings).toMatchObject([
      {
        code: 'CHATOPS_CONNECTOR_UNKNOWN',
        message: expect.stringContaining('did you mean `websocket`'),
        where: { line: 2 }
      }
    ]);
  });
});

test('the log is written where the configuration says, without secrets', async () => {
  const { endpoint, workspace } = await startBot({
    ...workshop,
    'configuration.yaml': CONFIGURATION.replace(
      '    no-cache: true\n',
      '    no-cache: true\n    api-token: geheim-1234\n'
    ),
    'skills/hello/index.ts': HELLO.replace(
      'async (bot, config, message) => {',
      "async (bot, config, message) => {\n  bot.log.info('token is %s', config['api-token']);\n  await message.respond(`it is ${config['api-token']}`);"
    )
  });
  const client = await RawClient.greeted(endpoint);
  expect((await client.ask('hello'))[0]).toBe('it is ••••••');
  client.send({ type: 'logs', id: 'logs' });
  const { lines } = await client.next('logs');
  const log = readFileSync(path.join(workspace, 'bot.log'), 'utf8');
  for (const text of [lines.join('\n'), log]) {
    expect(text).toMatch(/INFO: skill hello: token is ••••••/);
  }
  expect(JSON.stringify(client.frames) + log).not.toContain('geheim-1234');
});

describe('a workspace', () => {
  test('has one bot; a second one is told who holds it', async () => {
    const { workspace } = await startBot(workshop);
    await expect(startBot({}, { workspace })).rejects.toMatchObject({
      code: 'CHATOPS_SOCKET_IN_USE',
      message: `A bot is already running for this workspace (process ${process.pid}).`
    });
  });

  test('that does not exist is an error with a code', async () => {
    await expect(startBot({}, { workspace: '/nowhere/at/all' })).rejects.toMatchObject({
      code: 'CHATOPS_WORKSPACE'
    });
  });

  test('that cannot be written to is told, and the bot works', async () => {
    const workspace = temporaryFolder(workshop);
    // A file where the folder should be stops everyone, the system's administrator included.
    writeFileSync(path.join(workspace, '.chatops'), '');
    const { endpoint } = await startBot({}, { workspace });
    const client = await RawClient.greeted(endpoint);
    expect((await client.next('ready')).warnings).toMatchObject([
      { code: 'CHATOPS_JOURNAL' },
      { code: 'CHATOPS_MEMORY_VOLATILE' }
    ]);
    expect(await client.ask('hello')).toHaveLength(1);
  });
});

describe('ending', () => {
  test('`quit` answers, says goodbye to everyone, and leaves nothing behind', async () => {
    let ended!: () => void;
    const gone = new Promise<void>(resolve => (ended = resolve));
    const { endpoint } = await startBot(workshop, { onEnd: ended });
    const client = await RawClient.greeted(endpoint);
    client.send({ type: 'say', id: '1', room: 'general', text: 'quit' });
    expect(await client.next('goodbye')).toEqual({ type: 'goodbye', reason: 'quit' });
    expect(client.frames).toContainEqual(
      expect.objectContaining({ message: expect.objectContaining({ text: 'Stopping. See you.' }) })
    );
    expect(await client.closed()).toBe(1001);
    await gone;
    expect(existsSync(endpoint.socket!)).toBe(false);
  });

  test('the conversation is there when the next one starts, and goes on', async () => {
    const { bot, workspace, endpoint } = await startBot(workshop);
    const client = await RawClient.greeted(endpoint);
    await client.ask('hello');
    await bot.stop('restart');
    expect((await client.next('goodbye')).reason).toBe('ending');
    const second = await startBot({}, { workspace });
    const again = await RawClient.greeted(second.endpoint);
    const { message } = await again.next('message', frame => frame.message.user.bot === true);
    expect(message).toMatchObject({ answers: 1, skill: 'hello' });
    expect(await again.ask('hello')).toHaveLength(1);
  });
});

test("the workshop's notebook is put into the workspace once", async () => {
  const { endpoint, workspace } = await startBot(workshop);
  const client = await RawClient.greeted(endpoint);
  client.send({ type: 'workshop.open', id: '1', language: 'de-CH' });
  const { notebook } = await client.next('workshop.opened');
  const file = path.join(workspace, notebook);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toHaveProperty('nbformat', 4);
  writeFileSync(file, '{"mine":true}');
  client.send({ type: 'workshop.open', id: '2' });
  await client.next('workshop.opened', frame => frame.re === '2');
  expect(readFileSync(file, 'utf8')).toBe('{"mine":true}');
  rmSync(file);
});
