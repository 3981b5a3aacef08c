import { describe, expect, test } from 'vitest';
import { createParser, LOCAL_PARSERS } from '../../../src/bot/understanding';
import type { ParserSection } from '../../../src/bot/config';
import type { ChatOpsError } from '../../../src/protocol';
import { languageServices } from '../../support/language-services';
import { parserHost, parserOf } from '../../support/parsers';
import { temporaryFolder } from '../../support/temporary-folder';

function section(name: string, more: Record<string, unknown> = {}): ParserSection {
  return { name, enabled: true, ...more };
}

/** Why there is no parser for a section. */
function refusal(given: ParserSection, more: Parameters<typeof parserHost>[0] = {}): string {
  try {
    createParser(given, parserHost(more));
  } catch (error) {
    const { code, message } = error as ChatOpsError;
    return `${code} ${message}`;
  }
  throw new Error('it was made');
}

const LEX = section('lex', { 'bot-id': 'X' });
const CLU = section('luisai', { endpoint: 'https://x.cognitiveservices.azure.com', appkey: 'k' });

describe('a section', () => {
  test.each(languageServices)('of $name makes a parser of that name', service => {
    const parser = parserOf({ ...service.section('http://localhost'), 'min-score': 0.4 });
    const { name, minScore, timeout, purpose } = parser;
    expect({ name, minScore, timeout, purpose }).toEqual({
      name: service.name,
      minScore: 0.4,
      timeout: 5000,
      purpose: 'matchers'
    });
  });

  test('of a language model makes one that proposes commands, and has longer to think', () => {
    const { purpose, minScore, timeout } = parserOf(section('llm', { model: 'small' }));
    expect({ purpose, minScore, timeout }).toEqual({
      purpose: 'commands',
      minScore: 0.5,
      timeout: 20_000
    });
  });

  test.each(languageServices)('of $name that is switched off makes none', service => {
    const off = { ...service.section('http://localhost'), enabled: false };
    expect(createParser(off, parserHost())).toBeUndefined();
    expect(createParser(section(service.name, { enabled: false }), parserHost())).toBeUndefined();
  });

  test.each(LOCAL_PARSERS)('of %s, which the bot does itself, makes none', name => {
    expect(createParser(section(name, { 'min-score': 0.5 }), parserHost())).toBeUndefined();
  });
});

describe('what is refused', () => {
  test.each([
    ['a misspelt name', section('dialogflo'), 'CHATOPS_PARSER_UNKNOWN', '`dialogflow`'],
    ['a name of every object', section('constructor'), 'CHATOPS_PARSER_UNKNOWN', 'constructor'],
    ['SAP’s service, which is gone', section('sapcai'), 'CHATOPS_PARSER_RETIRED', 'SAP'],
    [
      'the section of opsdroid for LUIS',
      section('luisai', { appid: 'a', appkey: 'k', verbose: true, 'min-score': 0.6 }),
      'CHATOPS_PARSER_RETIRED',
      'LUIS'
    ],
    [
      'the address of LUIS',
      section('luisai', {
        endpoint: 'https://westus.api.cognitive.microsoft.com/luis/prediction/v3.0',
        appid: 'a',
        appkey: 'k'
      }),
      'CHATOPS_PARSER_RETIRED',
      'LUIS'
    ],
    ['a section without what it needs', CLU, 'CHATOPS_CONFIG_INVALID', '`luisai.appid`'],
    [
      'a score beyond 1',
      section('witai', { token: 't', 'min-score': 60 }),
      'CHATOPS_CONFIG_INVALID',
      '`witai.min-score`'
    ],
    [
      'no address',
      section('rasanlu', { url: 'localhost:5005' }),
      'CHATOPS_CONFIG_INVALID',
      '`rasanlu.url` must be an address'
    ]
  ])('%s', (_, given, code, words) => {
    const said = refusal(given);
    expect(said).toContain(code);
    expect(said).toContain(words);
  });

  test('an address with a password in it, without showing it', () => {
    const said = refusal(section('rasanlu', { url: 'http://ann:hunter2@localhost:5005' }));
    expect(said).toContain('`rasanlu.url` must be an address');
    expect(said).not.toContain('hunter2');
  });

  test('Lex where its package is not installed, with what to install', () => {
    const folder = temporaryFolder();
    expect(refusal(LEX, { packageFolders: [folder] })).toBe(
      'CHATOPS_PACKAGE_MISSING The parser `lex` needs the package ' +
        '`@aws-sdk/client-lex-runtime-v2`, which is not installed.'
    );
    expect(parserOf(LEX, { packageFolders: [folder, process.cwd()] }).name).toBe('lex');
  });
});
