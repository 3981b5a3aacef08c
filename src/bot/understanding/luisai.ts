import * as z from 'zod';
import type { Finding, Question, Understood } from '../../engine';
import { chatOpsError } from '../../protocol';
import { isMapping } from '../config/sections';
import type { LuisaiConfig } from './parser-config';
import { EntityList, intent, RemoteParser } from './remote-parser';
import { askService } from './service-call';

const API_VERSION = '2023-04-01';

const entity = z.object({
  category: z.string(),
  text: z.string(),
  confidenceScore: z.number().optional(),
  resolutions: z.array(z.record(z.string(), z.unknown())).default([]),
  extraInformation: z.array(z.record(z.string(), z.unknown())).default([])
});

const prediction = z.object({
  intents: z.array(z.object({ category: z.string(), confidenceScore: z.number() })),
  entities: z.array(entity).default([])
});

const orchestration = z.object({
  intents: z.record(
    z.string(),
    z.object({
      confidenceScore: z.number(),
      result: z.object({ prediction: prediction.optional().catch(undefined) }).optional()
    })
  )
});

const answer = z.object({
  result: z.object({
    prediction: z.discriminatedUnion('projectKind', [
      prediction.extend({ projectKind: z.literal('Conversation') }),
      orchestration.extend({ projectKind: z.literal('Orchestration') })
    ])
  })
});

/**
 * Azure's conversational language understanding (CLU), with the keys that opsdroid has for its
 * predecessor LUIS.
 *
 * @see https://learn.microsoft.com/rest/api/language/analyze-conversations/analyze-conversations
 */
export class LuisaiParser extends RemoteParser {
  private readonly url: string;

  constructor(private readonly config: LuisaiConfig) {
    super(config);
    const endpoint = config.endpoint.replace(/\/$/, '');
    this.url = `${endpoint}/language/:analyze-conversations?api-version=${API_VERSION}`;
  }

  protected async ask({ text, language, signal }: Question): Promise<Understood> {
    const { appid, appkey, deployment } = this.config;
    const { result } = await askService(
      {
        url: this.url,
        headers: { 'ocp-apim-subscription-key': appkey },
        body: {
          kind: 'Conversation',
          analysisInput: {
            conversationItem: { id: '1', participantId: '1', modality: 'text', language, text }
          },
          parameters: {
            projectName: appid,
            deploymentName: deployment,
            stringIndexType: 'Utf16CodeUnit'
          }
        },
        signal,
        secrets: [appkey]
      },
      answer
    );
    const found = result.prediction;
    return found.projectKind === 'Conversation' ? understood(found) : orchestrated(found);
  }
}

/**
 * Makes sure that a section does not mean LUIS itself, which is gone.
 *
 * @throws ChatOpsError `CHATOPS_PARSER_RETIRED`.
 */
export function refuseLuis(section: unknown): void {
  const { endpoint } = isMapping(section) ? section : {};
  // LUIS had one address for everyone, so sections written for it name none.
  const isLuis =
    endpoint === undefined || /\/luis\/|api\.cognitive\.microsoft\.com/.test(String(endpoint));
  if (isLuis) {
    throw chatOpsError('CHATOPS_PARSER_RETIRED', {
      name: 'luisai',
      service: 'LUIS (it ended on 31 March 2026)',
      advice:
        'Import the LUIS app into a project of conversational language understanding (CLU) in ' +
        'Azure. Then set `endpoint` to that of the Language resource, `appid` to the name of the ' +
        'project, `appkey` to a key of the resource, and `deployment`. The skills stay as they are'
    });
  }
}

function understood({ intents, entities }: z.infer<typeof prediction>): Understood {
  const found = new EntityList();
  for (const { category, text, confidenceScore, resolutions, extraInformation } of entities) {
    const key = extraInformation.find(
      ({ extraInformationKind }) => extraInformationKind === 'ListKey'
    )?.key;
    found.add(category, key ?? resolutions[0]?.value ?? text, confidenceScore);
  }
  return {
    findings: intents.map(({ category, confidenceScore }) => intent(category, confidenceScore)),
    entities: found.toRecord()
  };
}

/** A workflow chooses a project, and the project an intent: a matcher may ask for either. */
function orchestrated({ intents }: z.infer<typeof orchestration>): Understood {
  const findings = Object.entries(intents).flatMap(([name, { confidenceScore, result }]) => {
    const inner = result?.prediction && understood(result.prediction);
    const withEntities = (finding: Finding, factor: number): Finding => ({
      ...finding,
      confidence: finding.confidence * factor,
      ...(inner && { entities: inner.entities })
    });
    return [
      withEntities(intent(name, confidenceScore), 1),
      ...(inner?.findings ?? []).map(finding => withEntities(finding, confidenceScore))
    ];
  });
  return { findings, entities: {} };
}
