import * as z from 'zod';
import type { LlmConfig } from './parser-config';
import { askService, ServiceRefusal } from './service-call';

/** What a model is shown. */
export interface ChatPrompt {
  /** The rules it works by. */
  system: string;
  /** What it works on. */
  user: string;
  /** A JSON schema of its answer. */
  schema: Record<string, unknown>;
}

/** A language model behind an API. */
export interface ChatModel {
  /** What the model answers: JSON, or text with JSON in it; nothing when it would not answer. */
  complete(prompt: ChatPrompt, signal: AbortSignal): Promise<string | undefined>;
}

/** The model that a section names. */
export function chatModel(config: LlmConfig): ChatModel {
  return config.api === 'ollama' ? new OllamaModel(config) : new OpenAiModel(config);
}

const completion = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string().nullish() }) })).min(1)
});

/**
 * Everything that speaks OpenAI's `/chat/completions`.
 *
 * @see https://platform.openai.com/docs/api-reference/chat/create
 */
class OpenAiModel implements ChatModel {
  /** What this model would not take, found out by asking. */
  private isPlain = false;

  constructor(private readonly config: LlmConfig) {}

  async complete(prompt: ChatPrompt, signal: AbortSignal): Promise<string | undefined> {
    if (!this.isPlain) {
      try {
        return await this.ask(prompt, signal, {
          temperature: 0,
          response_format: {
            type: 'json_schema',
            json_schema: { name: 'command', strict: true, schema: prompt.schema }
          }
        });
      } catch (error) {
        // Not every server knows schemas, and not every model a temperature; the words of the
        // refusal differ, its status does not.
        if (!(error instanceof ServiceRefusal) || ![400, 422].includes(error.status)) {
          throw error;
        }
      }
    }
    const answer = await this.ask(prompt, signal, {});
    this.isPlain = true;
    return answer;
  }

  private async ask(
    { system, user }: ChatPrompt,
    signal: AbortSignal,
    more: Record<string, unknown>
  ): Promise<string | undefined> {
    const { url = 'https://api.openai.com/v1', model, token } = this.config;
    const { choices } = await askService(
      {
        url: `${url.replace(/\/$/, '')}/chat/completions`,
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
        body: { model, messages: messages(system, user), ...more },
        signal,
        secrets: [token]
      },
      completion
    );
    return choices[0]!.message.content ?? undefined;
  }
}

const chat = z.object({ message: z.object({ content: z.string() }) });

/**
 * Ollama's own API, whose `format` takes a schema.
 *
 * @see https://docs.ollama.com/api/chat
 */
class OllamaModel implements ChatModel {
  constructor(private readonly config: LlmConfig) {}

  async complete(
    { system, user, schema }: ChatPrompt,
    signal: AbortSignal
  ): Promise<string | undefined> {
    const { url = 'http://localhost:11434', model, token } = this.config;
    const { message } = await askService(
      {
        url: `${url.replace(/\/$/, '')}/api/chat`,
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
        body: {
          model,
          messages: messages(system, user),
          stream: false,
          format: schema,
          options: { temperature: 0 }
        },
        signal,
        secrets: [token]
      },
      chat
    );
    return message.content;
  }
}

function messages(system: string, user: string): { role: string; content: string }[] {
  return [
    { role: 'system', content: system },
    { role: 'user', content: user }
  ];
}
