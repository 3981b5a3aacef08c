import { describe, expect, test } from 'vitest';
import { IntentIndex } from '../../../src/engine';
import {
  evaluatedIntents,
  helpDesk,
  helpDeskTalk,
  negated,
  outOfScope,
  type EvaluatedIntent
} from '../../support/intent-evaluation';

/** The `threshold` of `matchIntent` when the author says nothing. */
const THRESHOLD = 0.6;

function indexOf(
  intents: readonly Pick<EvaluatedIntent, 'name' | 'examples'>[]
): IntentIndex<string> {
  const index = new IntentIndex<string>();
  intents.forEach(({ name, examples }) => index.add(name, examples));
  return index;
}

/** An index of a single intent. */
function like(text: string, ...examples: string[]): number {
  return indexOf([{ name: 'it', examples }]).match(text)[0]?.similarity ?? 0;
}

/** The intent that would answer. */
function winner(index: IntentIndex<string>, text: string): string | undefined {
  const [best] = index.match(text);
  return best && best.similarity >= THRESHOLD ? best.key : undefined;
}

function evaluate(intents: readonly EvaluatedIntent[], talk: readonly string[]) {
  const index = indexOf(intents);
  const asked = intents.flatMap(({ name, heldOut }) => heldOut.map(text => ({ name, text })));
  const answers = asked.map(({ name, text }) => ({ name, text, got: winner(index, text) }));
  return {
    count: asked.length,
    right: answers.filter(({ name, got }) => got === name).length,
    wrong: answers.filter(({ name, got }) => got !== undefined && got !== name),
    falseAccepts: talk.filter(text => winner(index, text) !== undefined)
  };
}

describe('sentences that are none of the examples', () => {
  test('are understood, and idle talk is not', () => {
    const { count, right, wrong, falseAccepts } = evaluate(evaluatedIntents, outOfScope);
    expect([count, outOfScope.length]).toEqual([72, 20]);
    expect(right / count).toBeGreaterThanOrEqual(0.9);
    expect(wrong).toEqual([]);
    expect(falseAccepts).toEqual([]);
  });

  test('are understood in a field and a language that nothing was tuned with', () => {
    const { count, right, wrong, falseAccepts } = evaluate(helpDesk, helpDeskTalk);
    expect(right / count).toBeGreaterThanOrEqual(0.85);
    expect(wrong).toEqual([]);
    expect(falseAccepts).toEqual([]);
  });

  test.each(negated)('are not taken for their opposite: %s', text => {
    expect(winner(indexOf(evaluatedIntents), text)).toBeUndefined();
  });

  test('get the same similarity every time', () => {
    const [a, b] = [indexOf(evaluatedIntents), indexOf(evaluatedIntents.toReversed())];
    for (const { heldOut } of evaluatedIntents) {
      for (const text of heldOut) {
        expect(a.match(text)[0]).toEqual(b.match(text)[0]);
      }
    }
  });
});

describe('a sentence', () => {
  test('that is an example is wholly like it, whatever its capitals, accents and signs', () => {
    expect(like('Größer, bitte!', 'großer bitte')).toBe(1);
    expect(like('RESTART the server?', 'restart the server')).toBe(1);
  });

  test('with none of the words is not like it at all', () => {
    expect(like('good morning', 'restart the server')).toBe(0);
    expect(like('', 'restart the server')).toBe(0);
    expect(like('🙂', 'restart the server')).toBe(0);
  });

  test.each([
    ['misspelt', 'resart the sever', 'restart the server', THRESHOLD],
    ['in the plural', 'renew the certificates', 'renew the certificate', 0.9],
    ['in another form', 'deploying the releases', 'deploy the release', THRESHOLD]
  ])('may be %s', (_, text, example, least) => {
    expect(like(text, example)).toBeGreaterThanOrEqual(least);
  });

  test.each([
    ['uninstall the plugin', 'install the plugin'],
    ['disable alerts', 'enable alerts'],
    ['unlock it', 'lock it'],
    ['restart web2', 'restart web1']
  ])('is another one when a word is another: %s, %s', (text, example) => {
    expect(like(text, example)).toBeLessThan(THRESHOLD);
  });

  test('may be polite', () => {
    expect(like('could you please restart the server', 'restart the server')).toBeGreaterThan(0.8);
  });

  test('that only mentions the words among many others is not meant', () => {
    const text =
      'in the meeting about the server budget we heard that a restart of talks is likely';
    expect(like(text, 'restart the server')).toBeLessThan(THRESHOLD);
  });

  test('of very many words is not looked at', () => {
    expect(like('restart server '.repeat(10_000), 'restart server')).toBe(0);
  });
});

describe('an example with fields', () => {
  test('is wholly like a text of its form, and catches what stands in them', () => {
    const index = indexOf([{ name: 'it', examples: ['restart {server} in {city}'] }]);
    expect(index.match('Restart web1 in New York')[0]).toMatchObject({
      similarity: 1,
      example: 'restart {server} in {city}',
      captures: [
        { name: 'server', value: 'web1' },
        { name: 'city', value: 'New York' }
      ]
    });
  });

  test('takes an unknown word for the value of its field, but not any number of them', () => {
    const fields = like('could you restart web1', 'restart {server}');
    expect(fields).toBeGreaterThan(0.8);
    expect(like('could you restart web1', 'restart')).toBeLessThan(fields);
    expect(like('could you restart talks about lunch', 'restart {server}')).toBeLessThan(THRESHOLD);
  });

  test('may have braces of its own around them, and letters close to them', () => {
    expect(like('set {a} to v2', 'set {{{name}}} to v{version}')).toBe(1);
  });

  test('that cannot be read is an error of its author', () => {
    expect(() => indexOf([{ name: 'it', examples: ['restart {server:zz}'] }])).toThrow();
  });
});

test('an intent that is taken out does not match any more', () => {
  const index = indexOf(evaluatedIntents);
  index.delete('show logs');
  expect(index.match('show me the logs').map(({ key }) => key)).not.toContain('show logs');
  expect(index.size).toBe(evaluatedIntents.length - 1);
});
