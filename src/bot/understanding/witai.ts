import * as z from 'zod';
import type { Question, Understood } from '../../engine';
import type { WitaiConfig } from './parser-config';
import { EntityList, intent, RemoteParser } from './remote-parser';
import { askService } from './service-call';

const API_VERSION = '20240304';

/** How many intents to name; wit.ai names no more. */
const MOST_INTENTS = 8;

const valued = z.looseObject({ value: z.unknown().optional(), confidence: z.number().optional() });

const answer = z.object({
  intents: z.array(z.object({ name: z.string(), confidence: z.number() })),
  entities: z.record(
    z.string(),
    z.array(valued.extend({ name: z.string(), role: z.string(), body: z.string() }))
  ),
  traits: z.record(z.string(), z.array(valued)).default({})
});

/**
 * wit.ai.
 *
 * @see https://wit.ai/docs/http#get__message_link
 */
export class WitaiParser extends RemoteParser {
  protected override readonly longest = 280;

  constructor(private readonly config: WitaiConfig) {
    super(config);
  }

  protected async ask({ text, signal }: Question): Promise<Understood> {
    const { token, url } = this.config;
    const query = new URLSearchParams({ v: API_VERSION, q: text, n: String(MOST_INTENTS) });
    const { intents, entities, traits } = await askService(
      {
        method: 'GET',
        url: `${url.replace(/\/$/, '')}/message?${query}`,
        headers: { authorization: `Bearer ${token}` },
        signal,
        secrets: [token]
      },
      answer
    );
    const found = new EntityList();
    for (const { role, value, body, confidence } of Object.values(entities).flat()) {
      // A role tells apart what is of one kind: `from` and `to` are both locations.
      found.add(plainName(role), value ?? body, confidence);
    }
    for (const [name, values] of Object.entries(traits)) {
      values.forEach(({ value, confidence }) => found.add(plainName(name), value, confidence));
    }
    return {
      findings: intents.map(({ name, confidence }) => intent(name, confidence)),
      entities: found.toRecord()
    };
  }
}

/** What wit.ai brings along is called `wit$…`. */
function plainName(name: string): string {
  return name.replace(/^wit\$/, '').replace(/:.*$/s, '');
}
