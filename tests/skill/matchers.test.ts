import { describe, expect, test } from 'vitest';
import type { ChatOpsError } from '../../src/protocol';
import * as chatops from '../../src/skill';
import {
  ChatEvent,
  constrainConnectors,
  constrainRooms,
  constrainUsers,
  events,
  matchAlways,
  matchCatchall,
  matchCrontab,
  matchDialogflowAction,
  matchEvent,
  matchIntent,
  matchParse,
  matchRegex,
  matchWitai,
  type Matched
} from '../../src/skill';
import { registerMatchers, type MatchedSkill } from '../../src/skill/host';

const handler = (): void => undefined;

/** What a matcher is registered as. */
function records(matched: Matched): Record<string, unknown>[] {
  return registerMatchers(matched as MatchedSkill, 'main').map(({ record }) => ({ ...record }));
}

function refusal(call: () => unknown): { code: string; message: string } {
  try {
    call();
  } catch (error) {
    return (error as ChatOpsError).record;
  }
  throw new Error('it was taken');
}

const common = { id: 'main', handler: 'main', scoreFactor: 0.6 };

describe('a matcher alone has what is usual', () => {
  test.each<[string, Matched, Record<string, unknown>]>([
    [
      'matchParse',
      matchParse('deploy {x:w}', handler),
      { kind: 'parse', format: 'deploy {x:w}', caseSensitive: true, condition: 'match' }
    ],
    [
      'matchIntent',
      matchIntent('restart', { examples: ['restart {server}'] }, handler),
      { kind: 'intent', intent: 'restart', threshold: 0.6, examples: ['restart {server}'] }
    ],
    ['matchAlways', matchAlways(handler), { kind: 'always' }],
    ['matchCatchall', matchCatchall(handler), { kind: 'catchall', messagesOnly: true }],
    [
      'matchEvent',
      matchEvent('JoinRoom', handler),
      { kind: 'event', event: 'JoinRoom', filters: {} }
    ],
    [
      'matchCrontab',
      matchCrontab('0 9 * * mon', handler),
      { kind: 'crontab', schedule: '0 9 * * mon' }
    ],
    [
      'matchWitai',
      matchWitai('weather', handler),
      { kind: 'nlu', parser: 'witai', field: 'intent', value: 'weather', scoreFactor: 1 }
    ],
    [
      'matchDialogflowAction',
      matchDialogflowAction('weather.now', handler),
      { kind: 'nlu', parser: 'dialogflow', field: 'action', value: 'weather.now', scoreFactor: 1 }
    ]
  ])('%s', (_, matched, record) => {
    expect(records(matched)).toEqual([{ ...common, ...record }]);
  });
});

test('the command record goes with every matcher of a conversation', () => {
  const confirm = (): string => 'Sure?';
  const [registered] = registerMatchers(
    matchParse(
      'deploy {service}',
      {
        description: 'Deploys a service.',
        examples: ['deploy web'],
        arguments: { service: { description: 'which', choices: ['web', 'db'] } },
        rooms: ['#ops'],
        users: { not: ['eve'] },
        roles: { ops: true, web: { service: ['web'] }, night: () => true },
        approvers: ['boss'],
        sideEffects: true,
        confirm
      },
      handler
    ) as MatchedSkill,
    'deploy'
  );
  expect(registered?.record).toMatchObject({
    id: 'deploy',
    description: 'Deploys a service.',
    arguments: { service: { description: 'which', choices: ['web', 'db'] } },
    constraints: [
      { on: 'rooms', values: ['#ops'], invert: false },
      { on: 'users', values: ['eve'], invert: true }
    ],
    roles: [
      { role: 'ops' },
      { role: 'web', when: { service: ['web'] } },
      { role: 'night', asks: true }
    ],
    approvers: ['boss'],
    sideEffects: true,
    confirm: true
  });
  expect(registered?.functions.confirm).toBe(confirm);
  expect(Object.keys(registered?.functions.roles ?? {})).toEqual(['night']);
});

test.each([
  [true, 'Shall I do this?'],
  ['Delete {name}?', 'Delete {name}?'],
  [false, undefined]
])('`confirm: %j` asks %j', (confirm, words) => {
  expect(records(matchRegex(/x/, { confirm }, handler))[0]?.confirm).toBe(words);
});

describe('constraints', () => {
  test('stand around or inside matchers, which makes no difference', () => {
    const constraints = [
      { on: 'users', values: ['ann'], invert: false },
      { on: 'rooms', values: ['#ops'], invert: true }
    ];
    const around = constrainUsers(
      ['ann'],
      constrainRooms(['#ops'], { invert: true }, matchRegex(/a/, matchEvent('Message', handler)))
    );
    const between = matchRegex(
      /a/,
      constrainUsers(
        ['ann'],
        constrainRooms(['#ops'], { invert: true }, matchEvent('Message', handler))
      )
    );
    for (const matched of [around, between]) {
      expect(records(matched).map(record => record.constraints)).toEqual([
        constraints,
        constraints
      ]);
    }
  });

  test.each<[string, () => unknown, RegExp]>([
    ['a text', () => constrainRooms('ops' as never, matchAlways(handler)), /a list of texts/],
    ['no matcher', () => constrainUsers(['a'], handler as never), /without a matcher/],
    ['nothing', () => constrainConnectors(['a'], undefined as never), /it got none/]
  ])('are refused around %s', (_, call, message) => {
    expect(refusal(call).message).toMatch(message);
  });
});

describe('a wrong call is refused, with the right one beside it', () => {
  test.each<[string, () => unknown, string, RegExp]>([
    ['parse', () => matchParse('{x:zz}', handler), 'CHATOPS_MATCHER_PATTERN', /`zz` is not a type/],
    ['parse', () => matchParse(/x/ as never, handler), 'CHATOPS_MATCHER_ARGUMENT', /a format/],
    [
      'parse',
      () => matchParse('x', { matchingCondition: 'findall' as never }, handler),
      'CHATOPS_MATCHER_ARGUMENT',
      /one of match, search/
    ],
    [
      'intent',
      () => matchIntent('x', { examples: [] }, handler),
      'CHATOPS_MATCHER_ARGUMENT',
      /at least one example/
    ],
    [
      'intent',
      () => matchIntent('x', { examples: ['restart {server:zz}'] }, handler),
      'CHATOPS_MATCHER_PATTERN',
      /"restart \{server:zz\}"/
    ],
    ['crontab', () => matchCrontab('@daily', handler), 'CHATOPS_MATCHER_CRONTAB', /five/],
    [
      'crontab',
      () => matchCrontab('* * * * *', { timezone: 'Mars' }, handler),
      'CHATOPS_MATCHER_CRONTAB',
      /Mars/
    ],
    [
      'event',
      () => matchEvent({} as never, handler),
      'CHATOPS_MATCHER_ARGUMENT',
      /the name or the class/
    ],
    [
      'event',
      () => matchEvent('X', { value: 1 } as never, handler),
      'CHATOPS_MATCHER_ARGUMENT',
      /no option `value`/
    ],
    [
      'event',
      () => matchEvent('Message2', handler),
      'CHATOPS_MATCHER_ARGUMENT',
      /knows no event `Message2` \(did you mean `Message`\?\)/
    ],
    [
      'event',
      () => matchEvent('joinroom', handler),
      'CHATOPS_MATCHER_ARGUMENT',
      /did you mean `JoinRoom`/
    ],
    [
      'catchall',
      () => matchCatchall({ messagesonly: true } as never, handler),
      'CHATOPS_MATCHER_ARGUMENT',
      /did you mean `messagesOnly`/
    ],
    [
      'regex',
      () => matchRegex(/x/, { roles: { ops: 'yes' as never } }, handler),
      'CHATOPS_MATCHER_ARGUMENT',
      /a list of roles/
    ],
    [
      'regex',
      () => matchRegex('(?i)a(?i)b', handler),
      'CHATOPS_MATCHER_PATTERN',
      /"\(\?i\)a\(\?i\)b" is not a regular expression/
    ]
  ])('%s: %s', (_, call, code, message) => {
    const error = refusal(call);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });

  test('in every matcher and constraint that there is', () => {
    const calls = Object.entries(chatops).filter(([name]) => /^(match|constrain)[A-Z]/.test(name));
    expect(calls.length).toBeGreaterThan(15);
    for (const [name, call] of calls) {
      const { code, message } = refusal(() => (call as (...values: unknown[]) => unknown)());
      expect([name, code]).toEqual([name, expect.stringMatching(/^CHATOPS_MATCHER_/)]);
      expect(message).toContain(name);
    }
  });
});

describe('events', () => {
  class Deployed extends ChatEvent<{ service: string }> {}
  class Renamed extends ChatEvent {
    static override readonly type = 'Other';
  }

  test('of one’s own go by the name of their class, or by another', () => {
    expect(records(matchEvent(Deployed, handler))[0]).toMatchObject({ event: 'Deployed' });
    expect(records(matchEvent(Renamed, handler))[0]).toMatchObject({ event: 'Other' });
    expect(new Deployed({ service: 'web' })).toMatchObject({
      type: 'Deployed',
      data: { service: 'web' }
    });
  });

  test('are known by opsdroid’s names too', () => {
    expect(records(matchEvent('OpsdroidStarted', handler))[0]).toMatchObject({
      event: 'BotStarted'
    });
  });

  test('carry what belongs to them', () => {
    expect(new events.Reaction('👍', 4)).toMatchObject({
      type: 'Reaction',
      data: { emoji: '👍' },
      target: 4
    });
    expect(new events.Reply('yes', 4)).toMatchObject({ text: 'yes', target: 4 });
    expect(new events.RoomName({ name: 'ops' }).data).toEqual({ name: 'ops' });
  });

  test('with a file need its address or its content, and not both', () => {
    for (const media of [{}, { url: 'x:', data: new Uint8Array() }]) {
      expect(refusal(() => new events.File(media)).code).toBe('CHATOPS_MEDIA_SOURCE');
    }
    expect(new events.Image({ url: 'https://x.example/a.png', alt: 'a' }).parts).toMatchObject([
      { type: 'image', url: 'https://x.example/a.png', alt: 'a' }
    ]);
  });
});
