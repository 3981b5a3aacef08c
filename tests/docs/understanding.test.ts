import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { Configuration } from '../../src/bot/config';
import { createParser, LOCAL_PARSERS, parserSchemas } from '../../src/bot/understanding';
import { isolateEndpoints, RawClient, startBot } from '../support/live-bot';
import { parserHost } from '../support/parsers';

beforeEach(isolateEndpoints);

const page = readFileSync('docs/understanding.md', 'utf8');

const configurations = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(match => match[1]!);

/** Whatever secret an example takes from the environment is set. */
const VARIABLES = Object.fromEntries(
  [...page.matchAll(/\$\{(\w+)\}/g)].map(match => [match[1]!, 'a-secret-of-the-test'])
);

describe('each configuration', () => {
  test.each(configurations)('is right, and its parsers can be made: %s', text => {
    const { values, errors, warnings } = Configuration.parse(text, 'configuration.yaml', VARIABLES);
    expect([errors, warnings]).toEqual([[], []]);
    expect(values.parsers.length).toBeGreaterThan(0);
    for (const section of values.parsers) {
      const isLocal = LOCAL_PARSERS.some(name => name === section.name);
      expect(createParser(section, parserHost())?.name).toBe(isLocal ? undefined : section.name);
      const known = isLocal ? [] : Object.keys(parserSchemas[section.name as never]['shape']);
      expect(['name', 'enabled', 'min-score', ...known]).toEqual(
        expect.arrayContaining(Object.keys(section))
      );
    }
  });

  test('together they show every parser there is', () => {
    const shown = configurations.flatMap(text =>
      Configuration.parse(text, 'configuration.yaml', VARIABLES).values.parsers.map(
        ({ name }) => name
      )
    );
    expect(new Set(shown)).toEqual(new Set([...Object.keys(parserSchemas), ...LOCAL_PARSERS]));
  });
});

test('the skill with examples does what the page says', async () => {
  const [, name, source, conversation] =
    /```ts (\w+)\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/.exec(page)!;
  const { endpoint } = await startBot({
    'configuration.yaml': `skills:\n  - name: ${name}\n    path: skill.ts\n`,
    'skill.ts': source!
  });
  const client = await RawClient.greeted(endpoint, { user: { name: 'Ann' } });
  const seen = new Set<number>();
  for (const [i, turn] of conversation!.split(/^> /m).slice(1).entries()) {
    const [text, ...expected] = turn.trimEnd().split('\n');
    const id = `turn-${i}`;
    client.send({ type: 'say', id, room: 'general', text: text! });
    const { seq } = await client.next('ack', frame => frame.re === id);
    // A skill that asks something is not done before it has its answer.
    for (const line of expected) {
      const { message } = await client.next(
        'message',
        frame => frame.message.skill === name && !seen.has(frame.message.seq)
      );
      seen.add(message.seq);
      expect([text, `< ${message.text}`]).toEqual([text, line]);
    }
    if (expected.length === 0) {
      const handled = await client.next('handled', frame => frame.seq === seq);
      expect(handled.handled.outcome).toBe('unmatched');
    }
  }
});

test('every matcher of a service is one of `chatops`', () => {
  const exported = readFileSync('src/skill/index.ts', 'utf8');
  const named = [...page.matchAll(/`(match(?!Regex|Parse)\w+)`/g)].map(match => match[1]!);
  expect(new Set(named).size).toBeGreaterThanOrEqual(8);
  for (const name of named) {
    expect(exported).toContain(name);
  }
});
