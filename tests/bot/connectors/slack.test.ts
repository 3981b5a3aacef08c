import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Bot } from '../../../src/bot/bot';
import { isolateEndpoints, startBot } from '../../support/live-bot';
import { APP_TOKEN, BOT_TOKEN, SlackServer } from '../../support/slack-server';

beforeEach(isolateEndpoints);
afterEach(() => void vi.restoreAllMocks());

const SKILL = `import { matchRegex, matchEvent, events, code, table, card, file } from 'chatops';
let last;
export const hello = matchRegex(/^hello$/, async (bot, config, message) => {
  last = await message.respond(\`Hi **\${message.user}** <\${message.userId}>\`);
});
export const change = matchRegex(/^change$/, () => last.update('*changed*'));
export const remove = matchRegex(/^remove$/, () => last.delete());
export const pin = matchRegex(/^pin$/, () => last.pin());
export const react = matchRegex(/^react$/, async (bot, config, message) => {
  await message.react('👍');
});
export const thread = matchRegex(/^thread$/, (bot, config, message) => message.reply('in here'));
export const deploy = matchRegex(/^deploy$/, { confirm: 'Really **deploy**?' }, (bot, config, message) =>
  message.respond('Deployed'));
export const pick = matchRegex(/^pick$/, async (bot, config, message) => {
  const size = await message.choose('Which size?', ['small', 'large']);
  await message.respond('You get ' + size);
});
export const show = matchRegex(/^show$/, (bot, config, message) => message.respond([
  'Look:', code('a < b'), table([{ name: 'x', count: 1 }]), card({ title: 'Build', fields: { state: 'green' } }),
  file({ name: 'a.txt', data: new TextEncoder().encode('content') })
]));
export const stream = matchRegex(/^stream$/, async (bot, config, message) => {
  const stream = await message.stream();
  await stream.write('one ');
  await stream.write('two');
  await stream.end();
});
export const long = matchRegex(/^long$/, (bot, config, message) => message.respond('word '.repeat(5000)));
export const ops = matchRegex(/^tell ops$/, (bot, config, message) => bot.send('news', { connector: 'slack', room: '#ops' }));
export const edited = matchRegex(/^edit me$/, (bot, config, message) => message.respond('edit seen: ' + message.event.type));
export const reacted = matchEvent('Reaction', (bot, config, message) =>
  message.respond(\`\${message.user} \${message.event.data.active === false ? 'took back' : 'gave'} \${message.event.data.emoji} for \${message.event.target}\`));
export const pinned = matchEvent('PinMessage', (bot, config, message) => message.respond(message.user + ' pinned ' + message.event.target));
export const unpinned = matchEvent('UnpinMessage', (bot, config, message) => message.respond(message.user + ' unpinned ' + message.event.target));
export const left = matchEvent('LeaveRoom', (bot, config, message) => message.respond('Bye, ' + message.user));
export const renamed = matchEvent('RoomName', (bot, config, message) => bot.send('It is ' + message.event.data.name, { connector: 'slack', room: '#ops' }));
export const made = matchEvent('NewRoom', (bot, config, message) => bot.send('New: ' + message.event.data.name + ' by ' + message.user, { connector: 'slack', room: '#ops' }));
export const act = matchRegex(/^act$/, async (bot, config, message) => {
  await bot.send(new events.NewRoom({ name: 'war-room', private: true }));
  await bot.send(new events.RoomName({ name: 'new-name' }), { room: '#ops' });
  await bot.send(new events.RoomDescription({ description: 'what for' }));
  await bot.send(new events.UserInvite({ user: 'U2' }));
  await bot.send(new events.JoinRoom({}), { room: '#random' });
  await bot.send(new events.LeaveRoom({}), { room: '#random' });
  await message.respond('acted');
});
export const ban = matchRegex(/^ban$/, async (bot, config, message) => {
  await bot.send(new events.BanUser({ user: 'U2' })).catch(error => message.respond('no: ' + error.code));
});
export const unpin = matchRegex(/^unpin$/, () => last.unpin());
export const joined = matchEvent('JoinRoom', (bot, config, message) => message.respond('Welcome, ' + message.user));
`;

async function start(
  options = '',
  tokens = { bot: BOT_TOKEN, app: APP_TOKEN }
): Promise<{ slack: SlackServer; bot: Bot }> {
  const slack = await SlackServer.start();
  return { slack, ...(await startOn(slack, options, tokens)) };
}

async function startOn(
  slack: SlackServer,
  options = '',
  tokens = { bot: BOT_TOKEN, app: APP_TOKEN }
): Promise<{ bot: Bot }> {
  const { bot } = await startBot({
    '.env': `SLACK_BOT_TOKEN=${tokens.bot}\nSLACK_APP_TOKEN=${tokens.app}\n`,
    'configuration.yaml': `connectors:
  - name: slack
    bot-token: \${SLACK_BOT_TOKEN}
    app-token: \${SLACK_APP_TOKEN}
    api-url: ${slack.url}
${options}skills:
  - name: all
    path: all.ts
`,
    'all.ts': SKILL
  });
  return { bot };
}

function says(text: string): (parameters: Record<string, unknown>) => boolean {
  return parameters => String(parameters.text).includes(text);
}

describe('a bot on Slack', () => {
  test('answers by name, in Slack’s markup, and in the channel it was asked in', async () => {
    const { slack } = await start();
    await slack.say('hello', { channel: 'C2' });
    const { parameters } = await slack.next('chat.postMessage');
    expect(parameters).toMatchObject({ channel: 'C2', text: 'Hi *Ann* &lt;U1&gt;' });
    expect(parameters.thread_ts).toBeUndefined();
  });

  test('hears direct messages, and what mentions it once', async () => {
    const { slack } = await start();
    const message = { channel: 'D1', user: 'U2', text: '<@UBOT> hello', ts: '1700000000.000200' };
    await slack.event({ type: 'app_mention', ...message });
    await slack.event({ type: 'message', ...message });
    await slack.say('tell ops', { channel: 'D1' });
    await slack.next('chat.postMessage', says('news'));
    expect(slack.of('chat.postMessage').map(({ text, channel }) => [channel, text])).toEqual([
      ['D1', 'Hi *Ben* &lt;U2&gt;'],
      ['C2', 'news']
    ]);
  });

  test('does not answer an event that comes twice, itself, or other bots', async () => {
    const { slack } = await start();
    const ts = await slack.say('hello');
    await slack.event({ type: 'message', channel: 'C1', user: 'U1', text: 'hello', ts });
    await slack.say('hello', { user: 'UBOT', bot_id: 'BBOT' });
    await slack.say('hello', { user: 'U9', bot_id: 'B9', subtype: 'bot_message' });
    await slack.say('hello', { subtype: 'channel_topic' });
    await slack.say('tell ops');
    await slack.next('chat.postMessage', says('news'));
    expect(slack.of('chat.postMessage')).toHaveLength(2);
  });

  test('hears other bots where the configuration says so', async () => {
    const { slack } = await start('    hear-bots: true\n');
    await slack.say('hello', { user: undefined, bot_id: 'B9', username: 'Alarm' });
    expect((await slack.next('chat.postMessage')).parameters.text).toContain('Hi *Alarm*');
  });

  test('stays in the thread it is asked in, also when it does not know how it began', async () => {
    const { slack } = await start();
    await slack.say('hello', { thread_ts: '1600000000.000001' });
    expect((await slack.next('chat.postMessage')).parameters.thread_ts).toBe('1600000000.000001');
    const ts = await slack.say('thread');
    expect((await slack.next('chat.postMessage', says('in here'))).parameters.thread_ts).toBe(ts);
  });

  test('begins threads where the configuration says so', async () => {
    const { slack } = await start(
      '    start-thread: true\n    bot-name: Ada\n    icon-emoji: ":cat:"\n'
    );
    const ts = await slack.say('hello');
    expect((await slack.next('chat.postMessage')).parameters).toMatchObject({
      thread_ts: ts,
      username: 'Ada',
      icon_emoji: ':cat:'
    });
  });

  test('changes, pins and takes back what it said', async () => {
    const { slack } = await start();
    await slack.say('hello');
    const { ts } = (await slack.next('chat.postMessage')).parameters;
    await slack.say('change');
    expect((await slack.next('chat.update')).parameters).toMatchObject({
      channel: 'C1',
      ts,
      text: '_changed_'
    });
    await slack.say('pin');
    expect((await slack.next('pins.add')).parameters).toMatchObject({ timestamp: ts });
    await slack.say('remove');
    expect((await slack.next('chat.delete')).parameters).toMatchObject({ channel: 'C1', ts });
  });

  test('reacts, and hears reactions to its own messages', async () => {
    const { slack, bot } = await start();
    const asked = await slack.say('react');
    expect((await slack.next('reactions.add')).parameters).toEqual({
      channel: 'C1',
      timestamp: asked,
      name: '+1'
    });
    await slack.say('hello');
    const { ts } = (await slack.next('chat.postMessage')).parameters;
    const reaction = { user: 'U2', reaction: 'tada', item: { type: 'message', channel: 'C1', ts } };
    await slack.event({ type: 'reaction_added', ...reaction });
    const { text } = (await slack.next('chat.postMessage', says('gave'))).parameters;
    const seq = Number(/for (\d+)/.exec(String(text))![1]);
    expect(text).toBe(`Ben gave 🎉 for ${seq}`);
    expect(bot.journal.get(seq)).toMatchObject({
      text: 'Hi **Ann** <U1>',
      reactions: { '🎉': [{ id: 'U2', name: 'Ben' }] }
    });
    await slack.event({ type: 'reaction_removed', ...reaction });
    await slack.next('chat.postMessage', says('took back'));
    expect(bot.journal.get(seq)?.reactions).toEqual({});
  });

  test('sees what people change and take back', async () => {
    const { slack, bot } = await start();
    const ts = await slack.say('hello &amp; <https://a.example|a.example> <#C2>');
    const changed = { ts, user: 'U1', text: 'edit me', edited: {} };
    await slack.event({
      type: 'message',
      subtype: 'message_changed',
      channel: 'C1',
      message: changed,
      previous_message: { ...changed, text: 'hello' }
    });
    await slack.next('chat.postMessage', says('edit seen: EditedMessage'));
    const seq = bot.journal.find('slack', `C1:${ts}`)!.seq;
    expect(bot.journal.get(seq)?.text).toBe('edit me');
    await slack.event({
      type: 'message',
      subtype: 'message_deleted',
      channel: 'C1',
      deleted_ts: ts,
      previous_message: changed
    });
    await expect.poll(() => bot.journal.get(seq)?.deleted).toBe(true);
  });

  test('sees people join', async () => {
    const { slack } = await start();
    await slack.event({ type: 'member_joined_channel', user: 'UBOT', channel: 'C2' });
    await slack.event({ type: 'member_joined_channel', user: 'U2', channel: 'C2' });
    expect((await slack.next('chat.postMessage')).parameters).toMatchObject({
      channel: 'C2',
      text: 'Welcome, Ben'
    });
  });

  test('sees people leave', async () => {
    const { slack } = await start();
    await slack.event({ type: 'member_left_channel', user: 'UBOT', channel: 'C2' });
    await slack.event({ type: 'member_left_channel', user: 'U2', channel: 'C2' });
    await slack.next('chat.postMessage', says('Bye, Ben'));
    expect(slack.of('chat.postMessage').map(({ channel, text }) => [channel, text])).toEqual([
      ['C2', 'Bye, Ben']
    ]);
  });

  test('sees what people pin, and what they take down; not what it pinned itself', async () => {
    const { slack, bot } = await start();
    const ts = await slack.say('hello');
    const { seq } = bot.journal.find('slack', `C1:${ts}`)!;
    const item = { type: 'message', channel: 'C1', message: { ts } };
    await slack.event({ type: 'pin_added', user: 'UBOT', channel_id: 'C1', item });
    await slack.event({ type: 'pin_added', user: 'U2', channel_id: 'C1', item });
    await slack.next('chat.postMessage', says(`Ben pinned ${seq}`));
    expect(bot.journal.get(seq)?.pinned).toBe(true);
    await slack.event({ type: 'pin_removed', user: 'U2', channel_id: 'C1', item });
    await slack.next('chat.postMessage', says(`Ben unpinned ${seq}`));
    expect(bot.journal.get(seq)?.pinned).toBe(false);
    expect(slack.of('chat.postMessage').filter(says('pinned'))).toHaveLength(2);
    // A file can be pinned too, which is no message.
    await slack.event({ type: 'pin_added', user: 'U2', channel_id: 'C1', item: { type: 'file' } });
    await slack.say('tell ops');
    await slack.next('chat.postMessage', says('news'));
    expect(slack.of('chat.postMessage').filter(says('pinned'))).toHaveLength(2);
  });

  test('takes a pin down', async () => {
    const { slack } = await start();
    await slack.say('hello');
    const { ts } = (await slack.next('chat.postMessage')).parameters;
    await slack.say('pin');
    await slack.next('pins.add');
    await slack.say('unpin');
    expect((await slack.next('pins.remove')).parameters).toMatchObject({
      channel: 'C1',
      timestamp: ts
    });
  });

  test('sees channels that are made and renamed, and goes by their new names', async () => {
    const { slack } = await start();
    await slack.event({
      type: 'channel_created',
      channel: { id: 'C4', name: 'fresh', creator: 'U1' }
    });
    await slack.next('chat.postMessage', says('New: fresh by Ann'));
    await slack.event({ type: 'channel_rename', channel: { id: 'C2', name: 'operations' } });
    await slack.event({ type: 'channel_rename', channel: { id: 'C3', name: 'ops' } });
    expect((await slack.next('chat.postMessage', says('It is ops'))).parameters.channel).toBe('C3');
  });

  test('makes, names and describes channels, invites, joins and leaves', async () => {
    const { slack } = await start();
    await slack.say('act');
    await slack.next('chat.postMessage', says('acted'));
    const done = slack.calls.filter(({ method }) => /^conversations\.(?!list)/.test(method));
    expect(done.map(({ method, parameters }) => [method, parameters])).toEqual([
      ['conversations.create', { name: 'war-room', is_private: 'true' }],
      ['conversations.rename', { channel: 'C2', name: 'new-name' }],
      ['conversations.setTopic', { channel: 'C1', topic: 'what for' }],
      ['conversations.invite', { channel: 'C1', users: 'U2' }],
      ['conversations.join', { channel: 'C3' }],
      ['conversations.leave', { channel: 'C3' }]
    ]);
  });

  test('says what it cannot bring about', async () => {
    const { slack } = await start();
    await slack.say('ban');
    await slack.next('chat.postMessage', says('no: CHATOPS_'));
  });

  test('knows what is said to it', async () => {
    const { slack, bot } = await start();
    const said = await Promise.all([
      slack.say('hello'),
      slack.say('<@UBOT> hello'),
      slack.say('and you, <@UBOT>?'),
      slack.say('hello', { channel: 'D1' })
    ]);
    const addressed = said.map(
      (ts, i) => bot.journal.find('slack', `${i === 3 ? 'D1' : 'C1'}:${ts}`)?.addressed
    );
    expect(addressed).toEqual([false, true, true, true]);
  });

  test('does what is confirmed with a button, by the one who asked', async () => {
    const { slack } = await start();
    await slack.say('deploy');
    const question = await slack.next('chat.postMessage');
    expect(JSON.stringify(question.parameters.blocks)).toContain('Really *deploy*?');
    await slack.pressLabel(question, 'Yes', 'U2');
    await slack.next('chat.postMessage', says('Only Ann can answer'));
    await slack.pressLabel(question, 'Yes', 'U1');
    await slack.next('chat.postMessage', says('Deployed'));
    const { parameters } = await slack.next('chat.update');
    expect(parameters.ts).toBe(question.parameters.ts);
    expect(JSON.stringify(parameters.blocks)).not.toContain('"button"');
    await slack.pressLabel(question, 'Yes', 'U1');
    await slack.next('chat.postMessage', says('Nothing waits'));
    expect(slack.of('chat.postMessage').filter(says('Deployed'))).toHaveLength(1);
  });

  test('offers choices as buttons', async () => {
    const { slack } = await start();
    await slack.say('pick');
    await slack.pressLabel(await slack.next('chat.postMessage'), 'large');
    await slack.next('chat.postMessage', says('You get large'));
  });

  test('shows code, tables and cards, and sends files', async () => {
    const { slack } = await start();
    await slack.say('show');
    const { parameters } = await slack.next('chat.postMessage');
    const shown = JSON.stringify(parameters.blocks);
    expect(shown).toContain('```\\na &lt; b\\n```');
    expect(shown).toContain('name  count\\nx     1');
    expect(shown).toContain('*state*\\ngreen');
    expect((await slack.next('files.completeUploadExternal')).parameters).toMatchObject({
      channel_id: 'C1',
      files: [{ id: 'F1', title: 'a.txt' }]
    });
    expect(slack.uploads).toEqual(['content']);
  });

  test('shows a text that grows, and one that is too long for one post', async () => {
    const { slack } = await start();
    await slack.say('stream');
    const shows = says('one two');
    await slack.until(
      () => slack.of('chat.update').some(shows) || slack.of('chat.postMessage').some(shows)
    );
    await slack.say('long');
    await slack.until(() => slack.of('chat.postMessage').filter(says('word')).length === 3);
    const words = slack
      .of('chat.postMessage')
      .filter(says('word'))
      .flatMap(({ text }) => String(text).trim().split(/\s+/));
    expect(words).toHaveLength(5000);
  });
});

describe('the connection to Slack', () => {
  test('comes back when it ends, and when Slack asks for it', async () => {
    const { slack } = await start();
    slack.current.terminate();
    await slack.until(() => slack.connections === 2);
    slack.trouble('apps.connections.open', { error: 'internal_error' });
    slack.current.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));
    await slack.until(() => slack.connections === 3);
    await slack.say('hello');
    await slack.next('chat.postMessage', says('Hi *Ann*'));
  });

  test('is made by itself when Slack could not be reached at the start', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.01);
    const slack = await SlackServer.start();
    const down = { status: 503, error: 'service_unavailable' };
    slack.troubles.set(
      'auth.test',
      Array.from({ length: 10_000 }, () => down)
    );
    const { bot } = await startOn(slack);
    expect(bot.warnings()).toMatchObject([{ code: 'CHATOPS_CONNECTOR_UNREACHABLE' }]);
    slack.trouble('apps.connections.open', { error: 'internal_error' });
    slack.troubles.delete('auth.test');
    await slack.until(() => slack.connections === 1);
    await slack.say('hello');
    await slack.next('chat.postMessage', says('Hi *Ann*'));
    expect(slack.of('apps.connections.open refused')).toHaveLength(1);
    expect(bot.warnings()).toEqual([]);
    expect(bot.connectorNames()).toEqual(['slack']);
  });

  test('waits as long as Slack says when it was asked too often', async () => {
    const { slack } = await start();
    slack.trouble('chat.postMessage', { status: 429, retryAfter: 0, error: 'ratelimited' });
    slack.trouble('chat.postMessage', { status: 429, retryAfter: 1, error: 'ratelimited' });
    await slack.say('hello');
    await slack.say('tell ops');
    await slack.next('chat.postMessage', says('Hi *Ann*'));
    expect(slack.of('chat.postMessage refused')).toHaveLength(2);
  });

  test('calls people by their id when Slack does not say who they are', async () => {
    const { slack } = await start();
    await slack.say('hello', { user: 'U7' });
    expect((await slack.next('chat.postMessage')).parameters.text).toContain('Hi *U7*');
  });

  test('tells what Slack did not take, without a token', async () => {
    const { slack, bot } = await start();
    slack.trouble('chat.postMessage', { error: 'not_in_channel' });
    await slack.say('hello');
    await expect.poll(() => bot.logTail(50).join('\n')).toContain('the bot is no member');
    expect(bot.logTail(200).join('\n')).not.toContain('made-for-this-test');
  });

  test('reads the names of all channels, page by page', async () => {
    const { slack } = await start('    channel-limit: 1\n    default-room: "#ops"\n');
    expect(slack.of('conversations.list').map(({ cursor }) => cursor)).toEqual([
      undefined,
      '1',
      '2'
    ]);
    await slack.say('tell ops');
    expect((await slack.next('chat.postMessage')).parameters.channel).toBe('C2');
  });

  test.each([
    ['a wrong bot token', { bot: 'xoxb-wrong-token', app: APP_TOKEN }, '`bot-token`'],
    ['a wrong app token', { bot: BOT_TOKEN, app: 'xapp-wrong-token' }, '`app-token`'],
    ['tokens that are swapped', { bot: APP_TOKEN, app: BOT_TOKEN }, 'wrong kind of token']
  ])('is not there with %s, and says why', async (_, tokens, words) => {
    const { bot } = await start('', tokens);
    const [warning] = bot.warnings();
    expect(warning).toMatchObject({ code: 'CHATOPS_CONNECTOR_FAILED' });
    expect(warning!.message).toContain(words);
    expect(JSON.stringify(warning)).not.toMatch(/xoxb-wrong|xapp-wrong|made-for-this-test/);
    expect(bot.connectorNames()).toEqual([]);
  });

  test('needs both tokens', async () => {
    const { bot } = await startBot({
      'configuration.yaml': 'connectors:\n  - name: slack\n    token: xoxb-some\n'
    });
    expect(bot.warnings()).toMatchObject([
      {
        code: 'CHATOPS_CONFIG_INVALID',
        message: expect.stringContaining('slack.app-token') as string
      }
    ]);
  });
});
