import type { Clock, LanguageParser } from '../../engine';
import { chatOpsError, didYouMean } from '../../protocol';
import { readOptions, type ParserSection, type Variables } from '../config';
import { DIALOGFLOW_SCOPE, DialogflowParser } from './dialogflow';
import { GoogleCredentials } from './google-credentials';
import { LEX_PACKAGE, LexParser } from './lex';
import { LlmParser } from './llm';
import { LuisaiParser, refuseLuis } from './luisai';
import { OptionalPackage } from '../optional-package';
import {
  dialogflowSchema,
  lexSchema,
  llmSchema,
  luisaiSchema,
  rasanluSchema,
  watsonSchema,
  witaiSchema
} from './parser-config';
import { RasanluParser } from './rasanlu';
import { WatsonParser } from './watson';
import { WitaiParser } from './witai';

/** What parsers need of the host. */
export interface ParserHost {
  /** Where the configuration lies; paths in it start there. */
  folder: string;
  /** Where packages may be installed that only some parsers need; people are told the first one. */
  packageFolders: readonly string[];
  /** The environment with the workspace's `.env`. */
  environment: Variables;
  clock: Pick<Clock, 'now'>;
}

/** What works inside the bot: a section may set its `min-score`, or switch it off. */
export const LOCAL_PARSERS = ['regex', 'parse_format', 'crontab', 'intents'] as const;

/** The parsers of services that are gone, and what to do. */
const RETIRED: Readonly<Record<string, { service: string; advice: string }>> = {
  sapcai: {
    service: 'SAP Conversational AI',
    advice: 'Put the intents into the skills themselves with `matchIntent`, or into another service'
  },
  recastai: {
    service: 'Recast.AI, later SAP Conversational AI',
    advice: 'Put the intents into the skills themselves with `matchIntent`, or into another service'
  }
};

type Kind = (section: ParserSection, host: ParserHost) => LanguageParser;

const KINDS: Readonly<Record<string, Kind>> = {
  dialogflow: (section, { folder, environment, clock }) => {
    const config = readOptions(dialogflowSchema, section);
    const file = config['key-file'];
    const places = { file, folder, environment, clock, scope: DIALOGFLOW_SCOPE };
    return new DialogflowParser(config, new GoogleCredentials(places));
  },
  luisai: section => {
    refuseLuis(section);
    return new LuisaiParser(readOptions(luisaiSchema, section));
  },
  lex: (section, { packageFolders }) =>
    new LexParser(
      readOptions(lexSchema, section),
      OptionalPackage.find(LEX_PACKAGE, packageFolders, 'The parser `lex`')
    ),
  rasanlu: section => new RasanluParser(readOptions(rasanluSchema, section)),
  watson: section => new WatsonParser(readOptions(watsonSchema, section)),
  witai: section => new WitaiParser(readOptions(witaiSchema, section)),
  llm: section => new LlmParser(readOptions(llmSchema, section))
};

/**
 * The parser that a section of the configuration asks for.
 *
 * @returns nothing for a section that is switched off, and for {@link LOCAL_PARSERS}.
 * @throws ChatOpsError `CHATOPS_PARSER_UNKNOWN`, `CHATOPS_PARSER_RETIRED`, `CHATOPS_CONFIG_INVALID`
 * or `CHATOPS_PACKAGE_MISSING`.
 */
export function createParser(section: ParserSection, host: ParserHost): LanguageParser | undefined {
  const { name, enabled } = section;
  if (!enabled || LOCAL_PARSERS.some(local => local === name)) {
    return undefined;
  }
  const retired = Object.hasOwn(RETIRED, name) ? RETIRED[name] : undefined;
  if (retired) {
    throw chatOpsError('CHATOPS_PARSER_RETIRED', { name, ...retired });
  }
  const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
  if (!kind) {
    const known = [...Object.keys(KINDS), ...LOCAL_PARSERS];
    throw chatOpsError('CHATOPS_PARSER_UNKNOWN', {
      name,
      suggestion: didYouMean(name, known),
      known: known.join(', ')
    });
  }
  return kind(section, host);
}
