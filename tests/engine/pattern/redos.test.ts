import { describe, expect, test } from 'vitest';
import { LinearPattern } from '../../../src/engine';
import { DEFAULT_SCORE_FACTOR } from '../../../src/protocol';
import { EngineHarness } from '../../support/engine';
import { format, matcher, record, skill } from '../../support/skills';

/** The longest message that is to be thought of. */
const LENGTH = 100_000;

/** A text of that length: a beginning, a middle repeated, an end. */
function attack(before: string, middle: string, after: string): string {
  return before + middle.repeat(Math.ceil(LENGTH / middle.length)) + after;
}

/**
 * Patterns that have stalled programs, with the texts that did it: the textbook cases of OWASP and of
 * Davis et al., “The Impact of Regular Expression Denial of Service in Practice” (2018), and those
 * behind published advisories of npm packages and of outages at Stack Overflow and Cloudflare.
 */
const corpus: readonly (readonly [name: string, pattern: RegExp, text: string])[] = [
  ['nested plus', /^(a+)+$/, attack('', 'a', '!')],
  ['nested star', /^(a*)*$/, attack('', 'a', '!')],
  ['star of a choice of the same', /^(a|a)*$/, attack('', 'a', '!')],
  ['star of overlapping choices', /^(a|aa)+$/, attack('', 'a', '!')],
  ['nested counted', /^(a{1,10}){1,10}$/, attack('', 'a', '!')],
  ['class in a group', /^([a-zA-Z]+)*$/, attack('', 'a', '1')],
  ['digits in a group', /^(\d+)+x$/, attack('', '1', '!')],
  ['any in a group', /^(.*)*!$/, attack('', 'x', '')],
  [
    'spaces at both ends, as Stack Overflow trimmed them',
    /^[\s\u200c]+|[\s\u200c]+$/,
    attack('x', ' ', 'x')
  ],
  [
    'as Cloudflare filtered',
    /(?:(?:"|'|\]|\}|\\|\d|(?:nan|infinity|true|false|null|undefined|symbol|math)|`|-|\+)+[)]*;?((?:\s|-|~|!|\{\}|\|\||\+)*.*(?:.*=.*)))/,
    attack('x=', 'x', '')
  ],
  ['OWASP: a Java class name', /^(([a-z])+.)+[A-Z]([a-z])+$/, attack('', 'a', '')],
  [
    'OWASP: an e-mail address',
    /^([a-zA-Z0-9])(([-.]|[_]+)?([a-zA-Z0-9]+))*(@)[a-z0-9]+[.][a-z]{2,3}$/,
    attack('', 'a', '!')
  ],
  [
    'validator: an e-mail address',
    /^([\w!#$%&'*+\-/=?^`{|}~]+\.)*[\w!#$%&'*+\-/=?^`{|}~]+@/,
    attack('', 'a.', '!')
  ],
  [
    'ms: a duration',
    /^((?:\d+)?\.?\d+) *(ms|seconds?|s|minutes?|m|hours?|h|days?|d|years?|y)?$/i,
    attack('', '5', ' minutea')
  ],
  ['moment: a month', /D[oD]?(\[[^[\]]*\]|\s+)+MMMM?/, attack('D', ' ', '_')],
  ['fresh: tokens', / *, */, attack('', ' ', 'x')],
  ['forwarded: a header', / *, */, attack('a', ' ', 'a')],
  ['ua-parser: a device', /smart-tv.+(samsung)/i, attack('', 'smart-tv', '')],
  ['marked: a heading', /^ *(#{1,6}) *([^\n]+?) *#* *(?:\n+|$)/, attack('# ', '#', ' x')],
  ['marked: code', /^( {4}[^\n]+\n*)+/, attack('', '    a\n', 'x')],
  ['minimatch: braces', /\{.*,.*\}/, attack('{', ',', '')],
  ['slug: dashes', /^(?:[a-z0-9]+-?)+$/, attack('', 'a', '!')],
  ['brackets', /\[(?:[^\]\\]|\\.)*\]/, attack('[', '\\a', '')],
  ['quotes', /"(?:[^"\\]|\\.)*"/, attack('"', '\\\\', '')],
  ['comment', /\/\*(?:[^*]|\*(?!\/))*\*\//, attack('/*', '*', '')],
  ['trailing spaces', /\s+$/, attack('', ' ', 'x')],
  ['a path', /^(?:\/[\w.-]+)*\/?$/, attack('', '/a', '!')],
  ['a list of words', /^(\w+\s?)*$/, attack('', 'a ', '!')],
  ['an IPv4 address', /^(([0-9]{1,3})\.?)+$/, attack('', '1', 'x')],
  ['lazy and greedy', /^(.+?)*,(.+?)*;$/, attack('', ',', '')]
];

const linear = corpus.filter(([, pattern]) => !pattern.source.includes('(?!'));

describe(`texts of ${LENGTH} characters that stall programs elsewhere`, () => {
  test.each(linear)('%s', (_, pattern, text) => {
    const compiled = LinearPattern.compile({
      kind: 'regex',
      pattern: pattern.source,
      flags: pattern.flags,
      condition: 'search'
    });
    expect(compiled).toBeInstanceOf(LinearPattern);
    const began = performance.now();
    (compiled as LinearPattern).test(text);
    // Not a figure: what goes wrong here takes longer than anyone has waited for.
    expect(performance.now() - began).toBeLessThan(5000);
  });

  test('all of them at once, in the index of live matchers', async () => {
    const harness = new EngineHarness(
      linear.map(([, pattern], i) => skill(`s${i}`, [matcher(pattern)]))
    );
    for (const [, , text] of linear) {
      const began = performance.now();
      harness.registry.match(text);
      expect(performance.now() - began).toBeLessThan(5000);
    }
  });

  test('formats, intents and misspelt commands are weighed against them too', async () => {
    const harness = new EngineHarness([
      skill('parse', [format('deploy {service} to {place}'), format('{a} {b} {c} {d} {e}')]),
      skill('intent', [
        record('intent', {
          intent: 'deploy',
          threshold: 0.6,
          examples: ['deploy {service}', 'put {service} on {place}'],
          scoreFactor: DEFAULT_SCORE_FACTOR
        })
      ]),
      skill('examples', [matcher(/^get infohost$/, { examples: ['get infohost', 'get {host}'] })])
    ]);
    const texts = [
      attack('', 'deploy ', ''),
      attack('', 'a', ''),
      attack('', 'a b ', ''),
      attack('', 'é', ''),
      attack('', '\u0301', ''),
      attack('', '🦄 ', '')
    ];
    for (const text of texts) {
      const began = performance.now();
      await harness.engine.explain(text, {
        connector: 'test',
        room: 'lobby',
        user: { id: 'ann', name: 'Ann' }
      });
      expect(performance.now() - began).toBeLessThan(5000);
    }
  });
});
