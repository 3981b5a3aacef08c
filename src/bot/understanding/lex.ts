import { randomUUID } from 'node:crypto';
import type * as LexSdk from '@aws-sdk/client-lex-runtime-v2';
import type {
  LexRuntimeV2Client,
  RecognizeTextCommandOutput,
  Slot
} from '@aws-sdk/client-lex-runtime-v2';
import type { Question, Understood } from '../../engine';
import type { Entity } from '../../protocol';
import type { OptionalPackage } from '../optional-package';
import type { LexConfig } from './parser-config';
import { EntityList, intent, RemoteParser } from './remote-parser';
import { networkReason } from './service-call';

/** The package that is loaded with the first question. */
export const LEX_PACKAGE = '@aws-sdk/client-lex-runtime-v2';

type Sdk = typeof LexSdk;

/** Lex names a region with each language. */
const LOCALES: Readonly<Record<string, string>> = {
  ar: 'ar_AE',
  ca: 'ca_ES',
  da: 'da_DK',
  en: 'en_US',
  fi: 'fi_FI',
  hi: 'hi_IN',
  ja: 'ja_JP',
  ko: 'ko_KR',
  nb: 'no_NO',
  no: 'no_NO',
  pt: 'pt_PT',
  sv: 'sv_SE',
  zh: 'zh_CN'
};

/**
 * Amazon Lex V2, by the AWS SDK, which knows all the ways in which AWS gives access.
 *
 * Each sentence is asked about in a session of its own, so that Lex does not take it for an answer
 * to a question of its own.
 *
 * @see https://docs.aws.amazon.com/lexv2/latest/APIReference/API_runtime_RecognizeText.html
 */
export class LexParser extends RemoteParser {
  protected override readonly longest = 1024;
  private client: LexRuntimeV2Client | undefined;

  constructor(
    private readonly config: LexConfig,
    private readonly sdk: OptionalPackage<Sdk>
  ) {
    super(config);
  }

  protected async ask({ text, language, signal }: Question): Promise<Understood> {
    const { RecognizeTextCommand } = this.sdk.load();
    const { 'bot-id': botId, 'bot-alias-id': botAliasId, locale } = this.config;
    const command = new RecognizeTextCommand({
      botId,
      botAliasId,
      localeId: locale ?? localeOf(language),
      sessionId: randomUUID(),
      text
    });
    try {
      this.client ??= this.connect();
      return understood(await this.client.send(command, { abortSignal: signal }));
    } catch (error) {
      throw signal.aborted ? signal.reason : new Error(reasonOfSdk(error));
    }
  }

  private connect(): LexRuntimeV2Client {
    const { LexRuntimeV2Client } = this.sdk.load();
    const {
      region,
      url,
      'access-key-id': accessKeyId,
      'secret-access-key': secretAccessKey,
      'session-token': sessionToken
    } = this.config;
    return new LexRuntimeV2Client({
      ...(region !== undefined && { region }),
      ...(url !== undefined && { endpoint: url }),
      ...(accessKeyId !== undefined &&
        secretAccessKey !== undefined && {
          credentials: {
            accessKeyId,
            secretAccessKey,
            ...(sessionToken !== undefined && { sessionToken })
          }
        }),
      // Whether to ask again is decided for all services alike.
      maxAttempts: 1
    });
  }
}

/** The locale of Lex for a language. */
function localeOf(language: string): string {
  const [short = '', region] = language.split(/[-_]/);
  return region === undefined
    ? (LOCALES[short] ?? `${short}_${short.toUpperCase()}`)
    : `${short}_${region.toUpperCase()}`;
}

function understood({ interpretations = [] }: RecognizeTextCommandOutput): Understood {
  return {
    findings: interpretations.flatMap(({ intent: found, nluConfidence }) =>
      // What Lex falls back to is no finding: it has no confidence.
      found?.name === undefined || nluConfidence?.score === undefined
        ? []
        : [{ ...intent(found.name, nluConfidence.score), entities: entitiesOf(found.slots ?? {}) }]
    ),
    entities: {}
  };
}

function entitiesOf(slots: Record<string, Slot | null>): Record<string, Entity> {
  const entities = new EntityList();
  for (const [name, slot] of Object.entries(slots)) {
    const filled = slot?.values && slot.values.length > 0 ? slot.values : slot ? [slot] : [];
    for (const { value } of filled) {
      if (value?.interpretedValue !== undefined) {
        entities.add(name, value.interpretedValue);
      }
    }
  }
  return entities.toRecord();
}

/** An error of the SDK in words that show no keys: its own messages repeat what was sent. */
function reasonOfSdk(error: unknown): string {
  const { name, $metadata } = error as {
    name?: string;
    $metadata?: { httpStatusCode?: number };
  };
  const status = $metadata?.httpStatusCode;
  if (status !== undefined) {
    return `it answered ${status} (${name})`;
  }
  if (name === 'CredentialsProviderError') {
    return 'there are no AWS credentials: set them as for the command `aws`, or in this section';
  }
  return `it cannot be reached: ${networkReason(error)}`;
}
