import { beforeEach, describe, expect, test } from 'vitest';
import { isolateEndpoints, RawClient, startBot } from '../../support/live-bot';

beforeEach(isolateEndpoints);

const WHO = {
  'configuration.yaml': 'skills:\n  - name: who\n    path: skills/who\n',
  'skills/who/index.ts': `import { matchRegex } from 'chatops';
export const who = matchRegex(/^who$/, async message => {
  await message.respond(\`\${message.user} in \${message.room}\`);
});
`
};

const SPEAK_AS = {
  ...WHO,
  'configuration.yaml': `panel:\n  speak-as: true\n${WHO['configuration.yaml']}`
};

/** What the relay says of a person in a browser. */
function browserOf(id: string): Record<string, string> {
  return {
    'x-chatops-client': 'panel',
    'x-chatops-user': encodeURIComponent(JSON.stringify({ id, name: id }))
  };
}

const PANEL = { client: { name: 'panel', version: '0' } };

describe('who is there', () => {
  test('is told to everyone in a room: people with a panel, each once', async () => {
    const { endpoint } = await startBot(WHO);
    const ann = await RawClient.greeted(endpoint, PANEL, browserOf('ann'));
    await ann.next('presence', ({ users }) => users.length === 1);
    const ben = await RawClient.greeted(endpoint, PANEL, browserOf('ben'));
    const { users } = await ann.next('presence', ({ users: all }) => all.length === 2);
    expect(users).toEqual([
      { id: 'jupyter:ann', name: 'ann' },
      { id: 'jupyter:ben', name: 'ben' }
    ]);
    expect((await ben.next('presence')).users).toHaveLength(2);
    ann.frames.length = 0;
    const second = await RawClient.greeted(endpoint, PANEL, browserOf('ben'));
    expect((await second.next('presence')).users).toHaveLength(2);
    second.terminate();
    ben.terminate();
    const left = await ann.next('presence', ({ users: all }) => all.length === 1);
    expect(left.users).toEqual([{ id: 'jupyter:ann', name: 'ann' }]);
  });

  test('leaves out tools, and who has left the room', async () => {
    const { endpoint } = await startBot(WHO);
    const ann = await RawClient.greeted(endpoint, PANEL, browserOf('ann'));
    const ben = await RawClient.greeted(endpoint, PANEL, browserOf('ben'));
    await RawClient.greeted(endpoint);
    await ann.next('presence', ({ users }) => users.length === 2);
    ann.frames.length = 0;
    ben.send({ type: 'unfollow', id: 'u', room: 'general' });
    await ben.next('done', ({ re }) => re === 'u');
    await ann.next('presence', ({ users }) => users.length === 1);
    await ann.ask('who');
    expect(ben.frames.filter(({ type }) => type === 'message')).toEqual([]);
  });
});

describe('rooms', () => {
  test('come to be when someone says something in them, and are listed', async () => {
    const { endpoint } = await startBot(WHO);
    const ann = await RawClient.greeted(endpoint, PANEL, browserOf('ann'));
    ann.send({ type: 'rooms', id: 'r0' });
    expect((await ann.next('rooms', ({ re }) => re === 'r0')).rooms).toEqual([]);
    ann.send({ type: 'follow', id: 'f', room: 'ops' });
    await ann.next('followed');
    expect(await ann.ask('who', 'ops')).toEqual(['ann in ops']);
    await ann.ask('who');
    ann.send({ type: 'rooms', id: 'r1' });
    const { rooms } = await ann.next('rooms', ({ re }) => re === 'r1');
    expect(rooms).toEqual([
      { room: 'ops', last: 2 },
      { room: 'general', last: 4 }
    ]);
  });
});

describe('the room that one person has with the bot', () => {
  test('is entered by that person only, whatever the frame', async () => {
    const { endpoint } = await startBot(WHO);
    const ann = await RawClient.greeted(endpoint, PANEL, browserOf('ann'));
    const { direct } = await ann.next('ready');
    const room = direct!;
    ann.send({ type: 'follow', id: 'f', room });
    await ann.next('followed');
    expect(await ann.ask('who', room)).toEqual([`ann in ${room}`]);
    const {
      message: { seq }
    } = await ann.next('message', ({ message }) => message.text === 'who');

    const ben = await RawClient.greeted(
      endpoint,
      { ...PANEL, rooms: [{ room: 'general' }, { room }] },
      browserOf('ben')
    );
    expect((await ben.next('ready')).rooms.map(followed => followed.room)).toEqual(['general']);
    ben.send({ type: 'follow', id: 'no-follow', room });
    ben.send({ type: 'say', id: 'no-say', room, text: 'who' });
    ben.send({ type: 'history', id: 'no-history', room });
    ben.send({ type: 'explain', id: 'no-explain', room, text: 'who' });
    ben.send({ type: 'trace', id: 'no-trace', seq });
    ben.send({ type: 'react', id: 'no-react', seq, emoji: '👍', active: true });
    ben.send({ type: 'edit', id: 'no-edit', seq, text: 'mine' });
    ben.send({ type: 'typing', room, active: true });
    const codes: Record<string, string> = {};
    for (const what of ['follow', 'say', 'history', 'explain', 'trace', 'react', 'edit']) {
      const { error } = await ben.next('error', ({ re }) => re === `no-${what}`);
      codes[what] = error.code;
    }
    expect(codes).toEqual({
      follow: 'CHATOPS_NOT_ALLOWED',
      say: 'CHATOPS_NOT_ALLOWED',
      history: 'CHATOPS_NOT_ALLOWED',
      explain: 'CHATOPS_NOT_ALLOWED',
      trace: 'CHATOPS_MESSAGE_UNKNOWN',
      react: 'CHATOPS_MESSAGE_UNKNOWN',
      edit: 'CHATOPS_MESSAGE_UNKNOWN'
    });
    ben.send({ type: 'rooms', id: 'r' });
    expect((await ben.next('rooms')).rooms).toEqual([]);
    await ann.ask('who', room);
    await ben.ask('who');
    expect(JSON.stringify(ben.frames)).not.toContain('ann in');
    expect(JSON.stringify(ann.frames)).not.toContain('"typing"');
  });
});

describe('speaking as another person', () => {
  const say = {
    type: 'say',
    id: 's',
    room: 'general',
    text: 'who',
    user: { name: 'Eve' }
  } as const;

  test('is refused to a browser where the configuration does not allow it', async () => {
    const { endpoint } = await startBot(WHO);
    const ann = await RawClient.greeted(endpoint, PANEL, browserOf('ann'));
    expect((await ann.next('ready')).speakAs).toBe(false);
    ann.send(say);
    expect((await ann.next('error')).error.code).toBe('CHATOPS_NOT_ALLOWED');
  });

  test('works where it does, under an id that nobody else has', async () => {
    const { endpoint } = await startBot(SPEAK_AS);
    const ann = await RawClient.greeted(endpoint, PANEL, browserOf('ann'));
    expect((await ann.next('ready')).speakAs).toBe(true);
    ann.send(say);
    await ann.next('message', ({ message }) => message.text === 'Eve in general');
    const { message } = await ann.next('message', ({ message: { text } }) => text === 'who');
    expect(message.user).toEqual({ id: 'as:Eve', name: 'Eve' });
  });
});
