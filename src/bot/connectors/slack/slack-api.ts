import * as z from 'zod';
import type { Clock } from '../../../engine';
import { networkReason } from '../../understanding/service-call';

/** How long one call may take, in milliseconds. */
const PATIENCE = 30_000;

/** How often a call is made again when Slack asks to come back later. */
const MOST_REPEATS = 5;

/** Longer than this nobody waits, in milliseconds. */
const LONGEST_WAIT = 120_000;

/** Slack's error codes that say something else to a person than to a program. */
const WORDS: Readonly<Record<string, string>> = {
  invalid_auth: 'Slack does not know this token',
  not_authed: 'Slack got no token',
  account_inactive: 'the account of this token is gone',
  token_revoked: 'this token was revoked',
  token_expired: 'this token has expired',
  not_allowed_token_type:
    'this is the wrong kind of token: `bot-token` begins with xoxb-, `app-token` with xapp-',
  channel_not_found: 'there is no such channel, or the bot may not see it',
  not_in_channel: 'the bot is no member of that channel; invite it there',
  is_archived: 'the channel is archived',
  msg_too_long: 'the message is too long'
};

/** Slack did not do what it was asked. None of its words contains a token. */
export class SlackRefusal extends Error {
  /**
   * @param method - what Slack was asked to do.
   * @param code - Slack's own word for the error, such as `invalid_auth`, or the HTTP status.
   */
  constructor(
    readonly method: string,
    readonly code: string,
    words = WORDS[code]
  ) {
    super(`${method}: ${words === undefined ? code : `${words} (${code})`}`);
  }
}

/** What Slack says of troubles of its own. */
const PASSING = [
  'unreachable',
  'ratelimited',
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout'
];

/** True for what passes without anybody's doing: the network is gone, or Slack has troubles of its own. */
export function isPassing(error: unknown): boolean {
  return (
    !(error instanceof SlackRefusal) || PASSING.includes(error.code) || /^5\d\d$/.test(error.code)
  );
}

/** What is sent along with a call; objects and lists go as JSON. */
export type SlackParameters = Readonly<Record<string, unknown>>;

/** What an API is made of. */
export interface SlackApiParts {
  /** Where the methods are. */
  url: string;
  token: string;
  /** What the configuration calls the token. */
  key: string;
  clock: Clock;
  /** Ends whatever is under way. */
  signal: AbortSignal;
}

const envelope = z.looseObject({
  ok: z.boolean(),
  error: z.string().optional(),
  needed: z.string().optional()
});

/**
 * Slack's Web API with one token.
 *
 * Source: https://docs.slack.dev/apis/web-api/
 */
export class SlackApi {
  constructor(private readonly parts: SlackApiParts) {}

  /**
   * Calls a method. When Slack says it was asked too often, the call is made again after the time
   * that Slack names.
   *
   * @param schema - what the answer must be.
   * @param options - `patient: false` for what is of no use later.
   * @throws SlackRefusal, also when Slack cannot be reached.
   */
  async call<S extends z.ZodType>(
    method: string,
    parameters: SlackParameters,
    schema: S,
    { patient = true }: { patient?: boolean } = {}
  ): Promise<z.infer<S>> {
    // Every method takes a form; only those that write take JSON.
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(parameters)) {
      if (value !== undefined) {
        body.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
      }
    }
    const address = new URL(method, this.parts.url.replace(/\/*$/, '/'));
    const answer = await this.ask(method, address, body, patient ? MOST_REPEATS : 0);
    let value: unknown;
    try {
      value = await answer.json();
    } catch {
      throw new SlackRefusal(method, String(answer.status), 'its answer is no JSON');
    }
    const { success, data } = envelope.safeParse(value);
    if (!success || !data.ok) {
      const code = data?.error ?? String(answer.status);
      const needed = data?.needed && `the Slack app lacks the scope ${data.needed}`;
      const words = needed || WORDS[code]?.replace('this token', `this \`${this.parts.key}\``);
      throw new SlackRefusal(method, code, words);
    }
    const result = schema.safeParse(value);
    if (!result.success) {
      const { path } = result.error.issues[0]!;
      throw new SlackRefusal(method, 'answer', `its answer lacks \`${path.join('.')}\``);
    }
    return result.data;
  }

  /** Sends a file's content to the address that Slack gave for it. */
  async upload(address: string, content: Uint8Array): Promise<void> {
    const response = await this.fetch('upload', new URL(address), {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: content as Uint8Array<ArrayBuffer>
    });
    if (!response.ok) {
      throw new SlackRefusal('upload', String(response.status));
    }
  }

  private async ask(
    method: string,
    address: URL,
    body: URLSearchParams,
    most: number
  ): Promise<Response> {
    for (let repeats = 0; ; repeats++) {
      const response = await this.fetch(method, address, {
        method: 'POST',
        headers: { authorization: `Bearer ${this.parts.token}` },
        body
      });
      const wait = Number(response.headers.get('retry-after') ?? 1) * 1000;
      const isTooOften = response.status === 429;
      if (isTooOften && (repeats === most || !(wait <= LONGEST_WAIT))) {
        throw new SlackRefusal(method, 'ratelimited', 'Slack was asked too often');
      }
      if (!isTooOften) {
        return response;
      }
      await this.pause(wait);
    }
  }

  private async fetch(method: string, address: URL, init: RequestInit): Promise<Response> {
    const signal = AbortSignal.any([this.parts.signal, AbortSignal.timeout(PATIENCE)]);
    try {
      // A redirection would carry the token to wherever it points.
      return await fetch(address, { ...init, signal, redirect: 'error' });
    } catch (error) {
      const reason = signal.aborted ? 'it gave no answer in time' : networkReason(error);
      throw new SlackRefusal(method, 'unreachable', `${address.host}: ${reason}`);
    }
  }

  private pause(milliseconds: number): Promise<void> {
    const { clock, signal } = this.parts;
    return new Promise(resolve => {
      const end = (): void => {
        clock.clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = clock.setTimeout(end, milliseconds);
      signal.addEventListener('abort', end);
    });
  }
}
