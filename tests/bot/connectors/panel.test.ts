import { beforeEach, describe, expect, test } from 'vitest';
import { EndpointPlace } from '../../../src/bot/server';
import { MAX_FRAME_BYTES, type ErrorRecord, type ServerFrameOf } from '../../../src/protocol';
import { connectionTo, isolateEndpoints, RawClient, startBot } from '../../support/live-bot';
import { writeFiles } from '../../support/temporary-folder';

beforeEach(isolateEndpoints);

const ECHO = {
  'configuration.yaml': 'skills:\n  - name: echo\n    path: skills/echo\n  - name: devtools\n',
  'skills/echo/index.ts': `import { matchRegex } from 'chatops';
export const echo = matchRegex(/^echo (?<words>.+)/, async (bot, config, message) => {
  await message.respond(\`\${message.user}: \${message.match.groups.words}\`);
});
export const slow = matchRegex(/^slow/, () => new Promise(resolve => setTimeout(resolve, 400)));
`
};

const VERSION = { client: { name: 'test', version: '0' } };

describe('saying hello', () => {
  test('is answered with who the bot is, what is live and who one is', async () => {
    const { endpoint, workspace } = await startBot(ECHO);
    const client = await RawClient.greeted(endpoint, { user: { name: 'Ann' } });
    expect(await client.next('ready')).toMatchObject({
      protocol: 1,
      bot: { name: 'chatops', version: '1.2.3' },
      workspace,
      user: { name: 'Ann' },
      rooms: [{ room: 'general', last: 0 }],
      skills: [
        { name: 'echo', state: 'live', version: 1, matchers: [{ id: 'echo' }, { id: 'slow' }] },
        { name: 'devtools', source: { kind: 'builtin' } }
      ]
    });
  });

  test.each<[string, object, string, number]>([
    [
      'another version',
      { type: 'hello', protocol: 99, ...VERSION },
      'CHATOPS_PROTOCOL_VERSION',
      4400
    ],
    ['something else first', { type: 'logs', id: '1' }, 'CHATOPS_HELLO_EXPECTED', 4400]
  ])('%s is refused for good, with the reason', async (_, frame, code, close) => {
    const { endpoint } = await startBot(ECHO);
    const client = await RawClient.open(endpoint);
    client.send(JSON.stringify(frame));
    expect((await client.next('error')).error.code).toBe(code);
    expect(await client.closed()).toBe(close);
  });

  test('through the relay makes one the person Jupyter knows', async () => {
    const { endpoint } = await startBot(ECHO);
    const header = encodeURIComponent(JSON.stringify({ id: 'jo', name: 'Jürgen' }));
    const client = await RawClient.greeted(
      endpoint,
      {},
      {
        'x-chatops-client': 'panel',
        'x-chatops-user': header
      }
    );
    expect((await client.next('ready')).user).toEqual({ id: 'jupyter:jo', name: 'Jürgen' });
  });
});

describe('frames that are wrong', () => {
  const cases: [string, string, string][] = [
    ['not JSON', 'hello?', 'CHATOPS_FRAME_SYNTAX'],
    ['no object', '42', 'CHATOPS_FRAME_INVALID'],
    ['unknown', '{"type":"dance"}', 'CHATOPS_FRAME_INVALID'],
    [
      'too large',
      JSON.stringify({ type: 'say', text: 'x'.repeat(MAX_FRAME_BYTES) }),
      'CHATOPS_FRAME_TOO_LARGE'
    ]
  ];

  test.each(cases)('%s: told, and the conversation goes on', async (_, text, code) => {
    const { endpoint } = await startBot(ECHO);
    const client = await RawClient.greeted(endpoint, { user: { name: 'Ann' } });
    client.send(text);
    expect((await client.next('error')).error.code).toBe(code);
    expect(await client.ask('echo hi')).toEqual(['Ann: hi']);
  });

  test('a request that fails names the request', async () => {
    const { endpoint } = await startBot(ECHO);
    const client = await RawClient.greeted(endpoint);
    client.send({ type: 'trace', id: 'my trace', seq: 12345 });
    expect(await client.next('error')).toMatchObject({
      re: 'my trace',
      error: { code: 'CHATOPS_MESSAGE_UNKNOWN' }
    });
  });
});

describe('a conversation', () => {
  test('is seen by everyone in the room, and only there', async () => {
    const { endpoint } = await startBot(ECHO);
    const ann = await RawClient.greeted(endpoint, { user: { name: 'Ann' } });
    const ben = await RawClient.greeted(endpoint, { user: { name: 'Ben' } });
    const eve = await RawClient.greeted(endpoint, { rooms: [{ room: 'elsewhere' }] });
    await ann.ask('echo one');
    const seen = await Promise.all([
      ben.next('message', ({ message }) => message.text === 'echo one'),
      ben.next('message', ({ message }) => message.text === 'Ann: one'),
      ben.next('handled')
    ]);
    expect(seen.map(({ type }) => type)).toEqual(['message', 'message', 'handled']);
    expect(await eve.ask('echo me', 'elsewhere')).toHaveLength(1);
    expect(eve.frames.filter(({ type }) => type === 'message')).toHaveLength(2);
  });

  test('shows who is writing, to the others; and the bot when it takes its time', async () => {
    const { endpoint } = await startBot(ECHO);
    const ann = await RawClient.greeted(endpoint, { user: { name: 'Ann' } });
    const ben = await RawClient.greeted(endpoint);
    ann.send({ type: 'typing', room: 'general', active: true });
    expect(await ben.next('typing')).toMatchObject({ user: { name: 'Ann' }, active: true });
    await ann.ask('slow');
    expect(
      ann.frames.flatMap(frame =>
        frame.type === 'typing' ? [[frame.user.name, frame.active]] : []
      )
    ).toEqual([
      ['chatops', true],
      ['chatops', false]
    ]);
  });

  test('is continued where a client left off, without gaps or doubles', async () => {
    const { endpoint } = await startBot(ECHO);
    const ann = await RawClient.greeted(endpoint, { user: { name: 'Ann' } });
    await ann.ask('echo one');
    const { journal } = await ann.next('ready');
    await ann.ask('echo two');
    const texts = (client: RawClient): string[] =>
      client.frames.flatMap(frame => (frame.type === 'message' ? [frame.message.text] : []));
    const back = await RawClient.greeted(endpoint, {
      journal,
      rooms: [{ room: 'general', after: 2 }]
    });
    await back.ask('help skills');
    expect(texts(back).slice(0, 2)).toEqual(['echo two', 'Ann: two']);
    const stranger = await RawClient.greeted(endpoint, {
      journal: 'another',
      rooms: [{ room: 'general', after: 2 }]
    });
    await stranger.ask('help skills');
    expect(texts(stranger).slice(0, 2)).toEqual(['echo one', 'Ann: one']);
  });

  test('has a history in pages', async () => {
    const { endpoint } = await startBot(ECHO);
    const client = await RawClient.greeted(endpoint, { rooms: [] });
    for (let i = 1; i <= 5; i++) {
      client.send({ type: 'say', id: `${i}`, room: 'general', text: `message ${i}` });
    }
    await client.next('ack', ({ re }) => re === '5');
    client.send({ type: 'history', id: 'page', room: 'general', before: 5, limit: 2 });
    const { messages, more } = await client.next('history');
    expect(messages.map(({ text }) => text)).toEqual(['message 3', 'message 4']);
    expect(more).toBe(true);
  });

  test('can take in another room at any time', async () => {
    const { endpoint } = await startBot(ECHO);
    const client = await RawClient.greeted(endpoint);
    client.send({ type: 'follow', id: 'ops', room: 'ops' });
    expect(await client.next('followed')).toEqual({
      type: 'followed',
      re: 'ops',
      room: 'ops',
      last: 0
    });
    expect(await client.ask('echo here', 'ops')).toHaveLength(1);
  });

  test('is emptied by `clear` in the view, not in the history', async () => {
    const { endpoint } = await startBot(ECHO);
    const client = await RawClient.greeted(endpoint);
    await client.ask('echo one');
    await client.ask('clear');
    expect(await client.next('clear')).toEqual({ type: 'clear', room: 'general', seq: 3 });
    client.send({ type: 'history', id: 'h', room: 'general' });
    expect((await client.next('history')).messages).toHaveLength(3);
  });
});

describe('speaking as another person', () => {
  const frame = {
    type: 'say',
    id: '1',
    room: 'general',
    text: 'echo hi',
    user: { name: 'Mallory' }
  } as const;

  test('is for tools on this machine', async () => {
    const { endpoint } = await startBot(ECHO);
    const kernel = await RawClient.greeted(endpoint);
    kernel.send(frame);
    await kernel.next('message', ({ message }) => message.text === 'Mallory: hi');
  });

  test('is not for browsers', async () => {
    const { endpoint } = await startBot(ECHO);
    const panel = await RawClient.greeted(endpoint, {}, { 'x-chatops-client': 'panel' });
    panel.send(frame);
    const { re, error } = await panel.next('error');
    expect([re, (error as ErrorRecord).code]).toEqual(['1', 'CHATOPS_NOT_ALLOWED']);
  });
});

describe('where the bot listens on a port', () => {
  const files = {
    ...ECHO,
    'configuration.yaml': `${ECHO['configuration.yaml']}web:\n  port: 0\n  token: open-sesame\n`
  };

  test('a client needs the token', async () => {
    const { bot } = await startBot(files);
    const web = {
      ...(await new EndpointPlace(bot.workspace).find())!,
      socket: undefined,
      host: '127.0.0.1',
      port: bot.port!
    };
    const client = await RawClient.open(web as never);
    client.send({ type: 'hello', protocol: 1, ...VERSION, token: 'wrong' });
    expect((await client.next('error')).error.code).toBe('CHATOPS_NOT_ALLOWED');
    expect(await client.closed()).toBe(4401);
    const friend = await RawClient.open(web as never);
    friend.send({
      type: 'hello',
      protocol: 1,
      ...VERSION,
      token: 'open-sesame',
      user: { name: 'Ann' }
    });
    await friend.next('ready');
    expect(await friend.ask('echo hi')).toEqual(['Ann: hi']);
    expect(JSON.stringify(friend.frames)).not.toContain('open-sesame');
  });
});

test('a message said while the bot was away is delivered once when another takes its place', async () => {
  const { bot, workspace } = await startBot(ECHO);
  const place = new EndpointPlace(workspace);
  const connection = connectionTo(async () => {
    const endpoint = await place.find();
    if (!endpoint) {
      throw new Error('no bot yet');
    }
    return endpoint;
  });
  const answers: string[] = [];
  let heard = (): void => undefined;
  connection.received.on(frame => {
    if (frame.type === 'message' && frame.message.user.bot) {
      answers.push(frame.message.text);
      heard();
    }
  });
  connection.connect();
  await connection.whenReady();
  await bot.stop('killed');
  connection.say('general', 'echo meanwhile');
  await startBot({}, { workspace });
  connection.reconnect();
  while (answers.length === 0) {
    await new Promise<void>(resolve => (heard = resolve));
  }
  expect(answers).toEqual([expect.stringMatching(/: meanwhile$/)]);
  expect(connection.outbox.messages).toEqual([]);
});

describe('what is only tried', () => {
  const frame = { type: 'explain', id: 'e', room: 'general', text: 'hello' } as const;

  test('may be tried for anyone by tools of this machine, and by browsers for themselves', async () => {
    const { endpoint } = await startBot({ 'configuration.yaml': 'skills:\n  - name: devtools\n' });
    const other = { connector: 'slack', user: { id: 'U1', name: 'U1' } };
    const tool = await RawClient.greeted(endpoint);
    tool.send({ ...frame, ...other });
    expect((await tool.next('trace')).trace).toMatchObject(other);
    const browser = await RawClient.greeted(endpoint, {}, { 'x-chatops-client': 'browser' });
    browser.send({ ...frame, ...other });
    expect((await browser.next('error')).error).toMatchObject({ code: 'CHATOPS_NOT_ALLOWED' });
    browser.send(frame);
    expect((await browser.next('trace')).trace).toMatchObject({ connector: 'panel' });
  });
});

describe('who keeps the list of skills', () => {
  const source = (words: string): string =>
    `import { matchRegex } from 'chatops';\nexport const said = matchRegex(/${words}/, async message => {});\n`;

  test('is told only what changed of it, and knows the same as who is told all', async () => {
    const { endpoint, workspace } = await startBot(ECHO);
    const keeper = await RawClient.greeted(endpoint, { keepsSkills: true });
    const everything = await RawClient.greeted(endpoint);
    const connection = connectionTo(() => Promise.resolve(endpoint));
    const told: ServerFrameOf<'skills'>[] = [];
    connection.received.on(frame => frame.type === 'skills' && told.push(frame));
    connection.connect();
    await connection.whenReady();
    const all = (): ServerFrameOf<'skills'>[] =>
      everything.frames.filter(frame => frame.type === 'skills');
    const edits: [string, () => void][] = [
      [
        'edited',
        () => keeper.send({ type: 'skill.save', id: 'e1', name: 'echo', source: source('a') })
      ],
      ['refused', () => keeper.send({ type: 'skill.save', id: 'e2', name: 'echo', source: '(' })],
      [
        'new',
        () => keeper.send({ type: 'skill.save', id: 'e3', name: 'moin', source: source('b') })
      ],
      [
        'in another order, one less',
        () =>
          writeFiles(workspace, {
            'configuration.yaml':
              'skills:\n  - name: devtools\n  - name: echo\n    path: skills/echo\n'
          })
      ]
    ];
    for (const [what, edit] of edits) {
      const before = all().length;
      edit();
      await everything.until(() => all().length > before);
      // What was sent before the answer has arrived before it.
      await connection.request({ type: 'logs' });
      const { generation, skills } = told.at(-1)!;
      const same = (frame: ServerFrameOf<'skills'>): boolean => frame.generation === generation;
      await everything.until(() => all().some(same));
      expect(skills, what).toEqual(all().findLast(same)!.skills);
    }
    const [edited] = keeper.frames.filter(frame => frame.type === 'skills.changed');
    expect(edited).toMatchObject({
      cause: 'cell',
      skills: [{ name: 'echo', version: 2 }],
      removed: []
    });
    expect(edited!.skills).toHaveLength(1);
    expect(
      all()
        .at(-1)!
        .skills.map(({ name }) => name)
    ).toEqual(['devtools', 'echo']);
  });

  test('is told what is gone', async () => {
    const { endpoint, workspace } = await startBot(ECHO);
    const client = await RawClient.greeted(endpoint, { keepsSkills: true });
    writeFiles(workspace, {
      'configuration.yaml': 'skills:\n  - name: echo\n    path: skills/echo\n'
    });
    const { removed } = await client.next('skills.changed');
    expect(removed).toEqual(['devtools']);
  });
});
