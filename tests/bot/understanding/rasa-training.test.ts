import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { Configuration } from '../../../src/bot/config';
import { ParserSet, readSkillIntents } from '../../../src/bot/understanding';
import { joinTrainingData } from '../../../src/bot/understanding/rasa-training';
import { FixtureService } from '../../support/fixture-service';
import { rasanlu, startService } from '../../support/language-services';
import { parserHost } from '../../support/parsers';
import { temporaryFolder } from '../../support/temporary-folder';

const GREET = `version: "3.1"
nlu:
  - intent: greet
    examples: |
      - hi
      - hello
`;

const BYE = `version: "3.1"
nlu:
  - intent: bye
    examples: |
      - bye
pipeline:
  - name: WhitespaceTokenizer
`;

async function setFor(url: string, more = ''): Promise<ParserSet> {
  const text = `parsers:\n  rasanlu:\n    url: ${url}\n    token: thisismysecret\n${more}`;
  const set = new ParserSet({ configure: () => undefined });
  await set.configure(Configuration.parse(text, 'configuration.yaml', {}), parserHost());
  expect(set.problems).toEqual([]);
  return set;
}

test('the training data of several skills becomes one document', () => {
  expect(parse(joinTrainingData([GREET, BYE])!)).toEqual({
    version: '3.1',
    nlu: [
      { intent: 'greet', examples: '- hi\n- hello\n' },
      { intent: 'bye', examples: '- bye\n' }
    ],
    pipeline: [{ name: 'WhitespaceTokenizer' }]
  });
});

test('a document that is no training data is refused', () => {
  expect(() => joinTrainingData(['- hi'])).toThrow('an intents.yml must hold keys');
});

describe('Rasa', () => {
  test('is trained, and told to use the model it trained', async () => {
    const service = await startService(rasanlu);
    const set = await setFor(service.url);
    expect(await set.train(() => [GREET])).toEqual([]);
    expect(service.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /model/train',
      'PUT /model'
    ]);
    expect(parse(service.requests[0]!.body)).toEqual(parse(GREET));
  });

  test('is trained again only when the training data has changed', async () => {
    const service = await startService(rasanlu);
    const set = await setFor(service.url);
    await set.train(() => [GREET]);
    await set.train(() => [GREET]);
    expect(service.requests.length).toBe(2);
    await set.train(() => [GREET, BYE]);
    expect(service.requests.length).toBe(4);
  });

  test('is left as it is without training data, and with `train: false`', async () => {
    const service = await startService(rasanlu);
    await (await setFor(service.url)).train(() => []);
    await (await setFor(service.url, '    train: false\n')).train(() => [GREET]);
    expect(service.requests).toEqual([]);
  });

  test('that cannot be trained is told with the reason, without its token', async () => {
    const service = await FixtureService.start(() =>
      rasanlu.error(500, 'no pipeline, thisismysecret')
    );
    const [problem] = await (await setFor(service.url)).train(() => [GREET]);
    expect(problem).toMatchObject({ code: 'CHATOPS_PARSER_TRAINING' });
    expect(problem!.message).toContain('no pipeline');
    expect(JSON.stringify(problem)).not.toContain('thisismysecret');
  });

  test('is not trained twice at a time with the same data', async () => {
    const service = await FixtureService.start(() => 'silence');
    const set = await setFor(service.url);
    const first = set.train(() => [GREET]);
    await service.got(1);
    expect(await set.train(() => [GREET])).toEqual([]);
    expect(service.requests.length).toBe(1);
    set.close();
    expect(await first).toEqual([]);
  });

  test('goes on with the newest training data when there is some before it is done', async () => {
    const bodies: string[] = [];
    const service = await FixtureService.start(request => {
      if (request.path === '/model/train') {
        bodies.push(request.body);
        return bodies.length === 1 ? 'silence' : rasanlu.answer(request);
      }
      return rasanlu.answer(request);
    });
    const set = await setFor(service.url);
    const first = set.train(() => [GREET]);
    await service.got(1);
    expect(await set.train(() => [GREET, BYE])).toEqual([]);
    expect(await first).toEqual([]);
    expect(service.requests.at(-1)!.path).toBe('/model');
  });
});

test('the training data lies with the skills that are switched on, each file once', () => {
  const folder = temporaryFolder({
    'skills/greet/index.ts': '',
    'skills/greet/intents.yml': GREET,
    'skills/one.ts': '',
    'skills/two.ts': '',
    'skills/intents.yml': BYE,
    'skills/off/intents.yml': '- no'
  });
  const configuration = Configuration.parse(
    `skills:
  greet: { path: skills/greet }
  one: { path: skills/one.ts }
  two: { path: skills/two.ts }
  off: { path: skills/off, enabled: false }
  gone: { path: skills/gone/index.ts }
  devtools:
`,
    'configuration.yaml',
    {}
  );
  expect(readSkillIntents(configuration, folder)).toEqual([GREET, BYE]);
});
