import { describe, expect, test } from 'vitest';
import { Configuration, engineSettings } from '../../../src/bot/config';
import { ParserSet, type ParserHost } from '../../../src/bot/understanding';
import type { LanguageParser } from '../../../src/engine';
import { EngineHarness } from '../../support/engine';
import { deadAddress, FixtureService } from '../../support/fixture-service';
import { luisai, SENTENCE, startService } from '../../support/language-services';
import { parserHost } from '../../support/parsers';
import { record, saying, skill } from '../../support/skills';

function read(text: string): Configuration {
  const configuration = Configuration.parse(text, 'configuration.yaml', {});
  expect(configuration.errors).toEqual([]);
  return configuration;
}

/** A set, and what it has put into force. */
function recorded() {
  const live: { parsers: readonly LanguageParser[] } = { parsers: [] };
  const set = new ParserSet({ configure: parsers => (live.parsers = parsers) });
  const configure = async (text: string, host: ParserHost = parserHost()): Promise<string[]> => {
    await set.configure(read(text), host);
    return live.parsers.map(({ name }) => name);
  };
  return { set, live, configure };
}

const RASA = 'parsers:\n  rasanlu:\n    url: http://localhost:1\n';

describe('the configured parsers', () => {
  test('are those that are switched on', async () => {
    const { configure, set } = recorded();
    const names = await configure(`parsers:
  - name: regex
    enabled: true
  - name: crontab
  - name: rasanlu
  - name: witai
    token: abc
    enabled: false
  - name: llm
    model: small
`);
    expect(names).toEqual(['rasanlu', 'llm']);
    expect(set.problems).toEqual([]);
  });

  test('stay as they are when their section does', async () => {
    const { configure, live } = recorded();
    await configure(RASA);
    const [before] = live.parsers;
    await configure(`${RASA}  llm: { model: small }\n`);
    expect(live.parsers[0]).toBe(before);
    await configure(`${RASA}    timeout: 9\n`);
    expect(live.parsers[0]).not.toBe(before);
  });

  test('go on without one that is wrong, which is told with its line', async () => {
    const { configure, set } = recorded();
    expect(await configure(`${RASA}  luisai:\n    appid: a\n    appkey: hush\n  watsn:\n`)).toEqual(
      ['rasanlu']
    );
    expect(set.problems.map(({ code, where }) => [code, where?.line])).toEqual([
      ['CHATOPS_PARSER_RETIRED', 5],
      ['CHATOPS_PARSER_UNKNOWN', 7]
    ]);
    expect(JSON.stringify(set.problems.map(({ message, hint }) => [message, hint]))).not.toContain(
      'hush'
    );
    await configure(RASA);
    expect(set.problems).toEqual([]);
  });
});

describe('a bot with a real parser', () => {
  async function bot(yaml: string): Promise<EngineHarness> {
    const matchers = [
      record('nlu', { parser: 'luisai', field: 'intent', value: 'restart', scoreFactor: 1 })
    ];
    const harness = new EngineHarness([
      skill('servers', matchers, saying('Restarting.')),
      skill('hello', /^hello$/, saying('Hi!'))
    ]);
    const configuration = read(yaml);
    harness.engine.configure(engineSettings(configuration.values));
    await new ParserSet(harness.engine.parsers).configure(configuration, parserHost());
    return harness;
  }

  function yaml(url: string, more = ''): string {
    return `parsers:\n  luisai:\n    endpoint: ${url}\n    appid: servers\n    appkey: 0123456789abcdef\n${more}`;
  }

  test('answers what the service understands', async () => {
    const { url, requests } = await startService(luisai);
    const harness = await bot(yaml(url));
    expect(await harness.ask(SENTENCE)).toEqual(['Restarting.']);
    expect(await harness.ask(SENTENCE)).toEqual(['Restarting.']);
    expect(requests.length).toBe(1);
    expect(harness.clock.pending).toBe(0);
  });

  test('holds the `min-score` of its section against what the service finds', async () => {
    const { url } = await startService(luisai);
    const harness = await bot(yaml(url, '    min-score: 0.88\n'));
    const { outcome, candidates } = await harness.trace(SENTENCE);
    expect(outcome).toBe('unmatched');
    expect(candidates[0]!.excluded).toContain('`min-score` of the parser luisai, 0.88');
  });

  test('goes on when the service is dead, with one warning and without its key', async () => {
    const harness = await bot(yaml(await deadAddress()));
    for (let i = 0; i < 4; i++) {
      expect(await harness.ask('hello')).toEqual(['Hi!']);
    }
    expect(harness.troubles.length).toBe(1);
    expect(harness.troubles[0]!.message).toMatch(
      /^The parser `luisai` failed: 127\.0\.0\.1:\d+ cannot be reached: nothing listens there\.$/
    );
    const { troubles } = await harness.trace('hello');
    expect(JSON.stringify([harness.troubles, troubles])).not.toContain('0123456789abcdef');
  });

  test('goes on when the service never answers', async () => {
    const service = await FixtureService.start(() => 'silence');
    const harness = await bot(yaml(service.url));
    const asked = harness.ask('hello');
    await service.got(1);
    await harness.clock.advance(5000);
    expect(await asked).toEqual(['Hi!']);
    expect(harness.troubles[0]!.message).toContain('did not answer within 5 s');
  });

  test('finds it again after its rest', async () => {
    let works = false;
    const service = await FixtureService.start(request =>
      works ? luisai.answer(request) : luisai.error(503, 'overloaded')
    );
    const harness = await bot(yaml(service.url));
    for (let i = 0; i < 4; i++) {
      expect(await harness.ask(SENTENCE)).toEqual([]);
    }
    expect(service.requests.length).toBe(3);
    works = true;
    await harness.clock.advance(30_000);
    expect(await harness.ask(SENTENCE)).toEqual(['Restarting.']);
  });
});
