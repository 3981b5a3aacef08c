import type { WebhookRequest } from '../api';

/** What the event of a webhook carries. */
interface RequestData {
  method: string;
  headers: Record<string, string>;
  query: Record<string, string>;
  body: string;
  /** Set when the body is no text in UTF-8 and stands here by its bytes. */
  encoding?: 'base64';
}

/** What was posted to a webhook, as a skill sees it. */
export class PostedRequest implements WebhookRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: string;

  readonly #bytes: Uint8Array;

  constructor(data: Readonly<Record<string, unknown>>) {
    const { method, headers, query, body, encoding } = data as unknown as RequestData;
    this.method = method;
    this.headers = headers;
    this.query = query;
    this.#bytes = encoding === undefined ? new TextEncoder().encode(body) : fromBase64(body);
    this.body = encoding === undefined ? body : decode(this.#bytes, headers['content-type']);
  }

  json(): unknown {
    return JSON.parse(this.body);
  }

  form(): Record<string, string> {
    return Object.fromEntries(new URLSearchParams(this.body));
  }

  bytes(): Uint8Array {
    return this.#bytes.slice();
  }
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), character => character.charCodeAt(0));
}

/** Text in the character set that its sender names. */
function decode(bytes: Uint8Array, type = ''): string {
  const [, charset = 'utf-8'] = /charset="?([\w-]+)/i.exec(type) ?? [];
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}
