import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Question, Understood } from '../../engine';
import type { GoogleCredentials } from './google-credentials';
import type { DialogflowConfig } from './parser-config';
import { EntityList, intent, RemoteParser } from './remote-parser';
import { askService } from './service-call';

/** What a token must allow. */
export const DIALOGFLOW_SCOPE = 'https://www.googleapis.com/auth/dialogflow';

const answer = z.object({
  queryResult: z.object({
    action: z.string().optional(),
    parameters: z.record(z.string(), z.unknown()).default({}),
    intent: z.object({ displayName: z.string() }).optional(),
    intentDetectionConfidence: z.number().default(0)
  })
});

/**
 * Google Dialogflow ES.
 *
 * Each sentence is asked about in a session of its own: what it means does not depend on what was
 * said before, and Dialogflow does not take it for an answer to a question of its own.
 *
 * @see https://cloud.google.com/dialogflow/es/docs/reference/rest/v2/projects.agent.sessions/detectIntent
 */
export class DialogflowParser extends RemoteParser {
  protected override readonly longest = 256;
  private readonly agent: string;

  constructor(
    config: DialogflowConfig,
    private readonly credentials: GoogleCredentials
  ) {
    super(config);
    const { 'project-id': project, location, url } = config;
    const base =
      url ?? `https://${location === undefined ? '' : `${location}-`}dialogflow.googleapis.com`;
    const place =
      location === undefined
        ? `projects/${encodeURIComponent(project)}`
        : `projects/${encodeURIComponent(project)}/locations/${encodeURIComponent(location)}`;
    this.agent = `${base.replace(/\/$/, '')}/v2/${place}/agent`;
  }

  protected async ask({ text, language, signal }: Question): Promise<Understood> {
    const headers = await this.credentials.headers(signal);
    const { queryResult: result } = await askService(
      {
        url: `${this.agent}/sessions/${randomUUID()}:detectIntent`,
        headers,
        body: { queryInput: { text: { text, languageCode: language } } },
        signal,
        secrets: Object.values(headers).map(value => value.replace(/^Bearer /, ''))
      },
      answer
    );
    const confidence = result.intentDetectionConfidence;
    const entities = new EntityList();
    for (const [name, value] of Object.entries(result.parameters)) {
      if (value !== '' && value !== null && !(Array.isArray(value) && value.length === 0)) {
        entities.add(name, value, confidence);
      }
    }
    return {
      findings: [
        ...(result.intent ? [intent(result.intent.displayName, confidence)] : []),
        ...(result.action ? [{ field: 'action' as const, value: result.action, confidence }] : [])
      ],
      entities: entities.toRecord()
    };
  }
}
