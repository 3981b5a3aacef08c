import type { z } from 'zod';
import { ParserBusy } from '../../engine';

/** How much of an answer is read, in bytes. */
const LONGEST_ANSWER = 1_000_000;

/** How much of what a service says about an error is passed on, in characters. */
const LONGEST_REASON = 200;

/** What is asked of a service. */
export interface ServiceCall {
  method?: 'GET' | 'POST' | 'PUT';
  url: URL | string;
  headers?: Record<string, string>;
  /** Sent as JSON, unless it is a text or a form. */
  body?: unknown;
  signal?: AbortSignal;
  /** Never shown in an error, even when the service repeats them. */
  secrets?: readonly (string | undefined)[];
}

/** A service answered with an error. */
export class ServiceRefusal extends Error {
  constructor(
    readonly status: number,
    message: string
  ) {
    super(message);
  }
}

/**
 * Asks a service for JSON.
 *
 * @param schema - what the answer must be.
 * @throws ServiceRefusal, `ParserBusy` when it says to come back later, and other errors whose
 * words go behind "it gave no answer:". None of them shows an address beyond its host, or a secret.
 */
export async function askService<S extends z.ZodType>(
  call: ServiceCall,
  schema: S
): Promise<z.infer<S>> {
  const response = await callService(call);
  const text = await readText(response);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('its answer is no JSON');
  }
  const result = schema.safeParse(value);
  if (!result.success) {
    const { path } = result.error.issues[0]!;
    throw new Error(`its answer is not as documented: look at \`${path.join('.') || 'its form'}\``);
  }
  return result.data;
}

/** Asks a service for anything, and hands out what it answers unread. Throws as {@link askService} does. */
export async function callService(call: ServiceCall): Promise<Response> {
  const { method = 'POST', url, headers, body, signal } = call;
  const isRaw = typeof body === 'string' || body instanceof URLSearchParams;
  let response: Response;
  try {
    response = await fetch(url, {
      method,
      headers: {
        accept: 'application/json',
        ...(body !== undefined && !isRaw && { 'content-type': 'application/json' }),
        ...headers
      },
      ...(body !== undefined && { body: isRaw ? body : JSON.stringify(body) }),
      ...(signal && { signal }),
      // A redirection would carry the token to wherever it points.
      redirect: 'manual'
    });
  } catch (error) {
    if (signal?.aborted) {
      throw signal.reason;
    }
    throw new Error(`${new URL(url).host} cannot be reached: ${networkReason(error)}`, {
      cause: error
    });
  }
  if (!response.ok) {
    throw await refusal(response, call);
  }
  return response;
}

async function refusal(response: Response, { secrets = [] }: ServiceCall): Promise<Error> {
  const { status } = response;
  // What a service says about a token it does not take may show parts of the token.
  const isSilent = status === 401 || status === 403;
  const said = isSilent ? '' : errorMessage(await readText(response).catch(() => ''));
  const shown = secrets
    .filter(secret => secret !== undefined && secret !== '')
    .reduce<string>((text, secret) => text.replaceAll(secret!, '…'), said);
  const words = `it answered ${status}${statusWords(status)}${shown && `: ${shown}`}`;
  const wait = response.headers.get('retry-after');
  return (status === 429 || status === 503) && wait !== null
    ? new ParserBusy(words, delayOf(wait))
    : new ServiceRefusal(status, words);
}

function statusWords(status: number): string {
  switch (status) {
    case 401:
      return ' (it does not know this token)';
    case 403:
      return ' (this token may not do that)';
    case 404:
      return ' (there is nothing of this name)';
    case 429:
      return ' (it was asked too often)';
    default:
      return status >= 500 ? ' (it is in trouble itself)' : '';
  }
}

/** The message of an error, wherever services put it. */
function errorMessage(text: string): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return '';
  }
  const found = [
    ['error', 'message'],
    ['message'],
    ['error'],
    ['errors', '0', 'message'],
    ['detail']
  ]
    .map(path => path.reduce<unknown>((at, step) => (at as Record<string, unknown>)?.[step], value))
    .find(message => typeof message === 'string');
  return found === undefined ? '' : String(found).slice(0, LONGEST_REASON).replace(/\.$/, '');
}

/** Seconds, or a date, as milliseconds from now. */
function delayOf(header: string): number {
  const seconds = Number(header);
  const delay = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(delay) ? Math.max(0, delay) : 0;
}

async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of response.body ?? []) {
    const bytes = chunk as Uint8Array;
    size += bytes.length;
    if (size > LONGEST_ANSWER) {
      throw new Error(`its answer is longer than ${LONGEST_ANSWER} bytes`);
    }
    text += decoder.decode(bytes, { stream: true });
  }
  return text + decoder.decode();
}

/** Why there was no answer; clients hide it in the causes of their errors. */
export function networkReason(error: unknown): string {
  let cause: unknown = error;
  while (cause instanceof Error && cause.cause instanceof Error) {
    cause = cause.cause;
  }
  const { code, message } = cause as { code?: string; message?: string };
  switch (code) {
    case 'ECONNREFUSED':
      return 'nothing listens there';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'there is no host of this name';
    case 'ECONNRESET':
    case 'UND_ERR_SOCKET':
      return 'it closed the connection';
    default:
      return code ?? message ?? String(error);
  }
}
