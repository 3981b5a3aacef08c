/** The answer to a webhook's caller, as data. */
export interface WebhookAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/**
 * What a webhook's handler returned, as an answer: a text, `{ status, headers, body }`, any other
 * object as JSON; nothing when it returned nothing.
 */
export function toWebhookAnswer(value: unknown): WebhookAnswer | undefined {
  if (value === undefined) {
    return undefined;
  }
  if (typeof value === 'string') {
    return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: value };
  }
  const { status, headers, body } = (value ?? {}) as Partial<Record<keyof WebhookAnswer, unknown>>;
  if (typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599) {
    const inner = toWebhookAnswer(body) ?? { status, headers: {}, body: '' };
    const given = Object.entries((headers ?? {}) as Record<string, unknown>).map(
      ([name, content]) => [name.toLowerCase(), String(content)]
    );
    return {
      status,
      headers: { ...inner.headers, ...Object.fromEntries(given) },
      body: inner.body
    };
  }
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(value) ?? ''
  };
}
