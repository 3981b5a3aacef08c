import * as fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { clientFrameSchema, MAX_FRAME_BYTES } from '../../src/protocol';
import { isolateEndpoints, RawClient, startBot } from '../support/live-bot';
import { amount } from '../support/soak';

beforeEach(isolateEndpoints);

const types = clientFrameSchema.def.options.map(option => option.shape.type.def.values[0]);

/** Texts that have broken programs before. */
const nasty = fc.constantFrom(
  '',
  '\u0000',
  '\ud800',
  '__proto__',
  'constructor',
  '../../../etc/passwd',
  '${HOME}',
  '%s%n',
  'a'.repeat(10_000),
  '🦄'.repeat(500),
  '\u202e‮right to left'
);

const field = fc.oneof(
  nasty,
  fc.string(),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.jsonValue(), { maxLength: 3 }),
  fc.dictionary(fc.oneof(fc.string(), nasty), fc.jsonValue(), { maxKeys: 3 })
);

/** Objects that look like frames and are wrong somewhere. */
const nearlyFrames = fc
  .record(
    {
      type: fc.oneof(fc.constantFrom(...(types as string[])), field),
      id: field,
      room: field,
      text: field,
      seq: field,
      name: field,
      source: fc.oneof(fc.string(), fc.integer(), fc.constant(null)),
      block: field,
      value: field,
      emoji: field,
      after: field,
      before: field,
      limit: field,
      user: field,
      rooms: field,
      blocks: field,
      protocol: field,
      active: field
    },
    { requiredKeys: ['type'] }
  )
  // These change the bot for good, which is not what this is about.
  .filter(({ type }) => typeof type !== 'string' || !/^(config|skill|workshop)\./.test(type))
  .map(frame => JSON.stringify(frame));

const hostile = fc.oneof(
  { weight: 6, arbitrary: nearlyFrames },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string() },
  { weight: 1, arbitrary: nasty },
  { weight: 1, arbitrary: fc.constant('['.repeat(5000)) },
  { weight: 1, arbitrary: fc.constant(`{"type":"say","text":${'{"a":'.repeat(2000)}1`) }
);

test(
  'whatever a client sends, its own conversation and that of others go on',
  async () => {
    const { endpoint } = await startBot({
      'configuration.yaml': 'skills:\n  - name: echo\n    path: skills/echo\n',
      'skills/echo/index.ts': `import { matchRegex } from 'chatops';
export const echo = matchRegex(/^echo (.+)$/, m => m.respond(m.match[1]));`
    });
    const bystander = await RawClient.greeted(endpoint, { rooms: [{ room: 'quiet' }] });
    let attacker = await RawClient.greeted(endpoint, { rooms: [{ room: 'loud' }] });
    const frames = fc.sample(hostile, {
      numRuns: amount(600, 10_000),
      seed: amount(1, Date.now())
    });
    for (let i = 0; i < frames.length; i++) {
      attacker.send(frames[i]!);
      if (i % 100 === 99) {
        expect(await bystander.ask(`echo ${i}`, 'quiet')).toEqual([String(i)]);
        expect(await attacker.ask(`echo ${i}`, 'loud')).toEqual([String(i)]);
        attacker.frames.length = 0;
        bystander.frames.length = 0;
      }
    }
    // What is too large to read ends the connection, and that one only.
    attacker.send('x'.repeat(8 * MAX_FRAME_BYTES + 1));
    await attacker.closed();
    attacker = await RawClient.greeted(endpoint, { rooms: [{ room: 'loud' }] });
    expect(await attacker.ask('echo again', 'loud')).toEqual(['again']);
    expect(await bystander.ask('echo still', 'quiet')).toEqual(['still']);
  },
  amount(120_000, 1_800_000)
);

test(
  'whatever a client sends first, it is greeted or refused, and the bot is there for the next',
  async () => {
    const { endpoint } = await startBot();
    const frames = fc.sample(hostile, { numRuns: amount(40, 1000), seed: amount(2, Date.now()) });
    for (const frame of frames) {
      const client = await RawClient.open(endpoint);
      client.send(frame);
      await client.until(() => client.frames.length > 0 || client.closeCode !== undefined);
      client.terminate();
    }
    const client = await RawClient.greeted(endpoint);
    expect(client.frames[0]).toMatchObject({ type: 'ready' });
  },
  amount(120_000, 1_800_000)
);
