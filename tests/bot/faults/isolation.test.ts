import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { ChatMessage } from '../../../src/protocol';
import { isolateEndpoints, RawClient, startBot } from '../../support/live-bot';
import { SecondRoom } from '../../support/second-room';

beforeEach(isolateEndpoints);

const IMPORT = "import { matchRegex } from 'chatops';\n";

/** What answers in the second room: with nothing to remember, and with a count to remember. */
const BYSTANDERS = {
  'skills/echo/index.ts': `${IMPORT}export const echo = matchRegex(/^echo (\\d+)$/, m => m.respond(m.match[1]));`,
  'skills/counter/index.ts': `${IMPORT}let count = 0;\nexport const count_ = matchRegex(/^count \\d+$/, m => m.respond(String(++count)));`
};

const CONFIGURATION = `
skills:
  - name: echo
    path: skills/echo
  - name: counter
    path: skills/counter
  - name: bad
    path: skills/bad
    blocking-timeout: BLOCKING
`;

/** A bot with a skill that goes wrong, and the two bystanders, in a conversation each. */
async function setUp(bad: string, blocking = 3) {
  const { bot, workspace, endpoint } = await startBot({
    ...BYSTANDERS,
    'skills/bad/index.ts': IMPORT + bad,
    'configuration.yaml': CONFIGURATION.replace('BLOCKING', String(blocking))
  });
  const loud = await RawClient.greeted(endpoint, { rooms: [{ room: 'general' }] });
  const quiet = await RawClient.greeted(endpoint, { rooms: [{ room: 'quiet' }] });
  const counting = await RawClient.greeted(endpoint, { rooms: [{ room: 'quiet' }] });
  const rooms = [new SecondRoom(quiet), new SecondRoom(counting, 'count')];
  onTestFinished(async () => {
    await Promise.all(rooms.map(room => room.end()));
  });
  /** The first notice of an error in the loud room. */
  const notice = async (): Promise<ChatMessage> =>
    (await loud.next('message', ({ message }) => message.notice === 'error')).message;
  return { bot, workspace, loud, rooms, notice };
}

/** Ends the conversations: each message was answered, and rightly. */
async function expectAnswered(rooms: readonly SecondRoom[]): Promise<void> {
  for (const room of rooms) {
    await room.end();
    expect(room.count).toBeGreaterThan(0);
    expect(room.wrong).toEqual([]);
  }
}

/**
 * Runs a fault from its beginning to its notice, while the other rooms talk on: had they waited for
 * its end, they would have had one answer each.
 */
async function expectTalkMeanwhile(
  { loud, rooms, notice }: Awaited<ReturnType<typeof setUp>>,
  text: string
): Promise<ChatMessage> {
  loud.send({ type: 'say', id: '1', room: 'general', text });
  await loud.next('ack');
  const before = rooms.map(({ count }) => count);
  const message = await notice();
  rooms.forEach(({ count }, i) => expect(count - before[i]!).toBeGreaterThan(1));
  await expectAnswered(rooms);
  return message;
}

describe('the offender is named, with file and line, and other rooms talk on while a skill', () => {
  test.each([
    [
      'never ends',
      `export const bad = matchRegex(/^bad$/, () => {\n  for (;;) {\n    Math.random();\n  }\n});`,
      'CHATOPS_SKILL_BLOCKED',
      [3, 4, 5]
    ],
    [
      'never ends after a wait',
      `export const bad = matchRegex(/^bad$/, async () => {\n  await Promise.resolve();\n  for (;;);\n});`,
      'CHATOPS_SKILL_BLOCKED',
      [4]
    ],
    [
      'never ends inside a timer',
      `export const bad = matchRegex(/^bad$/, () => {\n  setTimeout(() => {\n    for (;;);\n  }, 1);\n});`,
      'CHATOPS_SKILL_BLOCKED',
      [4]
    ],
    [
      'has a regular expression that explodes',
      `export const bad = matchRegex(/^bad$/, () => {\n  const text = 'a'.repeat(40) + '!';\n  return /^(a+)+$/.test(text);\n});`,
      'CHATOPS_SKILL_BLOCKED',
      [4]
    ],
    [
      'needs ever more memory',
      `export const bad = matchRegex(/^bad$/, () => {\n  const list = [];\n  for (;;) {\n    list.push(new Array(100_000).fill({}));\n  }\n});`,
      'CHATOPS_SKILL_MEMORY',
      [2, 3, 4, 5, 6]
    ],
    [
      'fills buffers without end',
      `export const bad = matchRegex(/^bad$/, async () => {\n  const list = [];\n  for (;;) {\n    list.push(Buffer.alloc(30_000_000, 1));\n    await new Promise(resolve => setTimeout(resolve, 5));\n  }\n});`,
      'CHATOPS_SKILL_MEMORY',
      [2, 3, 4, 5, 6]
    ]
  ])('%s', { timeout: 60_000 }, async (_, code, expected, lines) => {
    const parts = await setUp(code, expected === 'CHATOPS_SKILL_MEMORY' ? 30 : 3);
    const { error, text } = await expectTalkMeanwhile(parts, 'bad');
    expect(error).toMatchObject({ code: expected, where: { file: 'skills/bad/index.ts' } });
    expect(lines).toContain(error!.where!.line);
    expect(text).toContain('bad');
  });

  test('has a pattern with lookaround that explodes', { timeout: 60_000 }, async () => {
    const parts = await setUp(`export const bad = matchRegex(/^(?=(a+)+$)b/, () => {});`);
    const { error } = await expectTalkMeanwhile(parts, `${'a'.repeat(60)}!`);
    expect(error).toMatchObject({
      code: 'CHATOPS_MATCHER_SLOW',
      where: { file: 'skills/bad/index.ts', line: 2 }
    });
  });
});

describe('the offender is named, with file and line, and other rooms are answered when a skill', () => {
  test.each([
    [
      'ends the process',
      `export const bad = matchRegex(/^bad$/, () => {\n  process.exit(1);\n});`,
      'CHATOPS_SKILL_FAILED',
      [3]
    ],
    [
      'ends the process by another name',
      `export const bad = matchRegex(/^bad$/, () => {\n  globalThis.process.reallyExit(1);\n});`,
      'CHATOPS_SKILL_FAILED',
      [3]
    ],
    [
      'aborts the process',
      `export const bad = matchRegex(/^bad$/, () => {\n  process.abort();\n});`,
      'CHATOPS_SKILL_FAILED',
      [3]
    ],
    [
      'kills the process',
      `import nodeProcess from 'node:process';\nexport const bad = matchRegex(/^bad$/, () => {\n  nodeProcess.kill(nodeProcess.pid, 'SIGKILL');\n});`,
      'CHATOPS_SKILL_FAILED',
      [4]
    ],
    [
      'throws inside a timer',
      `export const bad = matchRegex(/^bad$/, () => {\n  setTimeout(() => {\n    throw new Error('oh');\n  }, 1);\n});`,
      'CHATOPS_SKILL_STRAY',
      [4]
    ],
    [
      'leaves a rejection unhandled',
      `export const bad = matchRegex(/^bad$/, () => {\n  void Promise.reject(new Error('oh'));\n});`,
      'CHATOPS_SKILL_STRAY',
      [3]
    ],
    [
      'floods the room with replies',
      `export const bad = matchRegex(/^bad$/, async m => {\n  for (;;) {\n    await m.respond('more');\n  }\n});`,
      'CHATOPS_SKILL_FLOOD',
      [4]
    ],
    [
      'floods the room without waiting',
      `export const bad = matchRegex(/^bad$/, m => {\n  for (let i = 0; i < 100_000; i++) {\n    m.respond('more');\n  }\n});`,
      'CHATOPS_SKILL_FLOOD',
      [4]
    ],
    [
      'floods the log',
      `export const bad = matchRegex(/^bad$/, async () => {\n  for (;;) {\n    console.log('more');\n    await new Promise(resolve => setImmediate(resolve));\n  }\n});`,
      'CHATOPS_SKILL_FLOOD',
      [4]
    ],
    [
      'calls itself without end',
      `function down(n: number): number {\n  return down(n + 1) + 1;\n}\nexport const bad = matchRegex(/^bad$/, () => down(0));`,
      'CHATOPS_SKILL_FAILED',
      [3]
    ]
  ])('%s', { timeout: 60_000 }, async (_, code, expected, lines) => {
    const { loud, rooms, notice } = await setUp(code);
    loud.send({ type: 'say', id: '1', room: 'general', text: 'bad' });
    const { error, text } = await notice();
    expect(error).toMatchObject({ code: expected, where: { file: 'skills/bad/index.ts' } });
    expect(lines).toContain(error!.where!.line);
    expect(text).toContain('bad');
    await expectAnswered(rooms);
  });
});
