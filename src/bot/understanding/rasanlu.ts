import * as z from 'zod';
import type { Question, Understood } from '../../engine';
import type { RasanluConfig } from './parser-config';
import { EntityList, intent, RemoteParser } from './remote-parser';
import { askService, callService, type ServiceCall } from './service-call';

const found = z.object({ name: z.string().nullish(), confidence: z.number().default(0) });

const answer = z.object({
  intent: found.nullish(),
  intent_ranking: z.array(found).default([]),
  entities: z
    .array(
      z.object({
        entity: z.string(),
        value: z.unknown(),
        role: z.string().nullish(),
        confidence_entity: z.number().optional()
      })
    )
    .default([])
});

/**
 * Rasa with its HTTP API switched on (`rasa run --enable-api`).
 *
 * @see https://rasa.com/docs/rasa/pages/http-api
 */
export class RasanluParser extends RemoteParser {
  protected override readonly longest = 4000;

  constructor(private readonly config: RasanluConfig) {
    super(config);
  }

  protected async ask({ text, signal }: Question): Promise<Understood> {
    const call = this.call('/model/parse', { body: { text }, signal });
    const { intent: best, intent_ranking: ranking, entities } = await askService(call, answer);
    const confidences = new Map<string, number>();
    for (const { name, confidence } of [...(best ? [best] : []), ...ranking]) {
      if (name && !confidences.has(name)) {
        confidences.set(name, confidence);
      }
    }
    const list = new EntityList();
    for (const { entity, role, value, confidence_entity: confidence } of entities) {
      list.add(role ? `${entity}_${role}` : entity, value, confidence);
    }
    return {
      findings: [...confidences].map(([name, confidence]) => intent(name, confidence)),
      entities: list.toRecord()
    };
  }

  /** Whether a model is to be trained from what skills bring along. */
  get trains(): boolean {
    return this.config.train;
  }

  /**
   * Trains a model and puts it into force. It may take minutes.
   *
   * @param data - training data as Rasa's YAML.
   * @throws Error when the server does not take it.
   */
  async train(data: string, signal?: AbortSignal): Promise<void> {
    const response = await callService(
      this.call('/model/train', {
        body: data,
        headers: { 'content-type': 'application/x-yaml' },
        signal
      })
    );
    const model = modelName(response.headers);
    // The model itself stays where it was trained.
    await response.body?.cancel();
    if (model === undefined) {
      throw new Error('its answer does not name the model it trained');
    }
    const file = `${this.config['models-path'].replace(/\/$/, '')}/${model}`;
    const loaded = await callService(
      this.call('/model', { method: 'PUT', body: { model_file: file }, signal })
    );
    await loaded.body?.cancel();
  }

  private call(
    path: string,
    call: Omit<ServiceCall, 'url' | 'signal'> & { signal: AbortSignal | undefined }
  ): ServiceCall {
    const { url, token } = this.config;
    const query = token === undefined ? '' : `?${new URLSearchParams({ token })}`;
    const { signal, ...rest } = call;
    return {
      ...rest,
      url: `${url.replace(/\/$/, '')}${path}${query}`,
      secrets: [token],
      ...(signal && { signal })
    };
  }
}

function modelName(headers: Headers): string | undefined {
  const disposition = headers.get('content-disposition') ?? '';
  return headers.get('filename') ?? /filename="?([^";]+)"?/.exec(disposition)?.[1];
}
