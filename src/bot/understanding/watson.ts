import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Question, Understood } from '../../engine';
import type { WatsonConfig } from './parser-config';
import { EntityList, intent, RemoteParser } from './remote-parser';
import { askService } from './service-call';

/** The version that has environments, and the last one before them. */
const VERSIONS = { withEnvironment: '2024-08-25', without: '2021-11-27' };

/** The regions by the names that opsdroid's users gave them, those of `*.watsonplatform.net`. */
const OLD_GATEWAYS: Readonly<Record<string, string>> = {
  gateway: 'us-south',
  'gateway-fra': 'eu-de',
  'gateway-lon': 'eu-gb',
  'gateway-seo': 'kr-seo',
  'gateway-syd': 'au-syd',
  'gateway-tok': 'jp-tok',
  'gateway-wdc': 'us-east'
};

const answer = z.object({
  output: z.object({
    intents: z.array(z.object({ intent: z.string(), confidence: z.number() })).default([]),
    entities: z
      .array(z.object({ entity: z.string(), value: z.string(), confidence: z.number().optional() }))
      .default([])
  })
});

/**
 * IBM watsonx Assistant, asked without a session: it keeps nothing of what was said.
 *
 * @see https://cloud.ibm.com/apidocs/assistant-v2#messagestateless
 */
export class WatsonParser extends RemoteParser {
  protected override readonly longest = 2048;
  private readonly url: string;

  constructor(private readonly config: WatsonConfig) {
    super(config);
    const { gateway, url, 'assistant-id': assistant, 'environment-id': environment } = config;
    const region = OLD_GATEWAYS[gateway] ?? OLD_GATEWAYS[`gateway-${gateway}`] ?? gateway;
    const base = url ?? `https://api.${region}.assistant.watson.cloud.ibm.com`;
    const place =
      environment === undefined ? '' : `/environments/${encodeURIComponent(environment)}`;
    const version = environment === undefined ? VERSIONS.without : VERSIONS.withEnvironment;
    const path = `/v2/assistants/${encodeURIComponent(assistant)}${place}/message`;
    this.url = `${base.replace(/\/$/, '')}${path}?version=${version}`;
  }

  protected async ask({ text, user, signal }: Question): Promise<Understood> {
    const { token } = this.config;
    const credentials = Buffer.from(`apikey:${token}`).toString('base64');
    const { output } = await askService(
      {
        url: this.url,
        headers: { authorization: `Basic ${credentials}` },
        body: {
          input: { message_type: 'text', text, options: { alternate_intents: true } },
          // It counts people; who they are is none of its business.
          user_id: createHash('sha256').update(user).digest('hex').slice(0, 32)
        },
        signal,
        secrets: [token, credentials]
      },
      answer
    );
    const entities = new EntityList();
    for (const { entity, value, confidence } of output.entities) {
      entities.add(entity, value, confidence);
    }
    return {
      findings: output.intents.map(found => intent(found.intent, found.confidence)),
      entities: entities.toRecord()
    };
  }
}
