import { describe, expect, test } from 'vitest';
import type { Understood } from '../../../src/engine';
import { FixtureService } from '../../support/fixture-service';
import {
  lex,
  luisai,
  rasanlu,
  SENTENCE,
  startFailing,
  startService,
  watson,
  witai,
  type LanguageService
} from '../../support/language-services';
import { parserOf, understand } from '../../support/parsers';

async function found(service: LanguageService): Promise<Understood> {
  const { url } = await startService(service);
  return understand(parserOf(service.section(url)), SENTENCE);
}

/** What is understood of an answer other than the usual one. */
async function foundIn(service: LanguageService, body: unknown): Promise<Understood> {
  const { url } = await startFailing(service, { status: 200, body });
  return understand(parserOf(service.section(url)), SENTENCE);
}

test('every intent has its own confidence, not that of the best one', async () => {
  for (const service of [luisai, lex, rasanlu, watson, witai]) {
    const { findings } = await found(service);
    const confidences = findings.map(({ value, confidence }) => [value, confidence]);
    expect(confidences.slice(0, 2)).toEqual([
      ['restart', 0.87],
      ['status', 0.09]
    ]);
  }
});

test('a value of a list stands for its key', async () => {
  const { entities } = await found(luisai);
  expect(entities).toEqual({
    server: { value: 'web1', confidence: 0.95 },
    city: { value: 'BER', confidence: 1 }
  });
});

test('what is found several times is a list, as sure as its least sure value', async () => {
  const { entities } = await foundIn(watson, {
    output: {
      intents: [],
      entities: [
        { entity: 'server', value: 'web1', confidence: 0.9 },
        { entity: 'server', value: 'web2', confidence: 0.6 }
      ]
    }
  });
  expect(entities).toEqual({ server: { value: ['web1', 'web2'], confidence: 0.6 } });
});

test('Rasa’s roles are part of the name, as in opsdroid', async () => {
  expect((await found(rasanlu)).entities).toEqual({
    server: { value: 'web1', confidence: 0.95 },
    city_target: { value: 'Berlin', confidence: 1 }
  });
});

test('Rasa without a model for intents finds none', async () => {
  const { findings } = await foundIn(rasanlu, {
    text: SENTENCE,
    intent: { name: null, confidence: 0 },
    entities: [],
    intent_ranking: []
  });
  expect(findings).toEqual([]);
});

test('slots belong to the intent that Lex found them for', async () => {
  const { findings } = await found(lex);
  expect(findings.map(({ value, entities }) => [value, Object.keys(entities ?? {})])).toEqual([
    ['restart', ['server', 'city', 'tags']],
    ['status', ['server']]
  ]);
  expect(findings[0]!.entities!.tags).toEqual({ value: ['a', 'b'] });
});

test.each([
  ['de', 'de_DE'],
  ['en', 'en_US'],
  ['pt-BR', 'pt_BR'],
  ['ja', 'ja_JP']
])('Lex is asked in the locale of the language %s', async (language, locale) => {
  const service = await FixtureService.start(
    ({ path }) => ({ status: path.includes(`/botLocales/${locale}/`) ? 200 : 404, body: {} }),
    'http2'
  );
  const parser = parserOf(lex.section(service.url));
  expect((await understand(parser, SENTENCE, { language })).findings).toEqual([]);
});

test('wit.ai’s own entities and traits go by their plain names', async () => {
  expect((await found(witai)).entities).toEqual({
    server: { value: 'web1', confidence: 0.95 },
    city: { value: 'Berlin', confidence: 1 },
    sentiment: { value: 'neutral', confidence: 0.7 }
  });
});

test('a workflow of Azure gives the project it chose, and that project’s intents', async () => {
  const { findings } = await foundIn(luisai, {
    kind: 'ConversationResult',
    result: {
      query: SENTENCE,
      prediction: {
        topIntent: 'servers',
        projectKind: 'Orchestration',
        intents: {
          servers: {
            confidenceScore: 0.9,
            targetProjectKind: 'Conversation',
            result: {
              query: SENTENCE,
              prediction: {
                topIntent: 'restart',
                projectKind: 'Conversation',
                intents: [{ category: 'restart', confidenceScore: 0.5 }],
                entities: [{ category: 'server', text: 'web1', offset: 0, length: 4 }]
              }
            }
          },
          faq: { confidenceScore: 0.1, targetProjectKind: 'QuestionAnswering', result: {} }
        }
      }
    }
  });
  expect(findings).toMatchObject([
    { value: 'servers', confidence: 0.9, entities: { server: { value: 'web1' } } },
    { value: 'restart', confidence: 0.45, entities: { server: { value: 'web1' } } },
    { value: 'faq', confidence: 0.1 }
  ]);
});

describe('Watson', () => {
  test.each([
    [{ gateway: 'eu-de' }, 'api.eu-de.assistant.watson.cloud.ibm.com'],
    [{ gateway: 'gateway-fra' }, 'api.eu-de.assistant.watson.cloud.ibm.com'],
    [{ gateway: 'gateway' }, 'api.us-south.assistant.watson.cloud.ibm.com']
  ])('is where its gateway says: %o', async (gateway, host) => {
    const section = { name: 'watson', enabled: true, 'assistant-id': 'a', token: 'k', ...gateway };
    const asked: string[] = [];
    const real = globalThis.fetch;
    globalThis.fetch = (url => {
      asked.push(new URL(String(url)).host);
      return Promise.reject(new Error('no network in tests'));
    }) as typeof fetch;
    try {
      await understand(parserOf(section), SENTENCE).catch(() => undefined);
    } finally {
      globalThis.fetch = real;
    }
    expect(asked).toEqual([host]);
  });

  test('is asked in an environment when one is named', async () => {
    const service = await FixtureService.start(() => ({ status: 200, body: { output: {} } }));
    const section = { ...watson.section(service.url), 'environment-id': 'live' };
    await understand(parserOf(section), SENTENCE);
    expect(service.requests[0]).toMatchObject({
      path: '/v2/assistants/assistant-1/environments/live/message',
      query: { version: '2024-08-25' }
    });
  });
});
