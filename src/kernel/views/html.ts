const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;'
};

/** A text as HTML that shows exactly this text, in an element or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => entities[character]!);
}

/** HTML that needs no escaping any more. */
export class Html {
  constructor(readonly source: string) {}

  toString(): string {
    return this.source;
  }
}

/**
 * HTML from a template: everything put into it is escaped, unless it is {@link Html} itself. Line
 * breaks beside tags are there for the eye only and left out.
 *
 * @example
 * ```ts
 * markup`<p>${'1 < 2'}</p>`.source; // '<p>1 &lt; 2</p>'
 * ```
 */
export function markup(strings: TemplateStringsArray, ...values: unknown[]): Html {
  const parts = strings.flatMap((text, index) =>
    index < values.length ? [compact(text), insert(values[index])] : [compact(text)]
  );
  return new Html(parts.join(''));
}

function compact(template: string): string {
  return template.replace(/(>?)\n\s*(<?)/g, (_, end: string, start: string) => end + start || ' ');
}

function insert(value: unknown): string {
  if (Array.isArray(value)) {
    return value.map(insert).join('');
  }
  return value instanceof Html
    ? value.source
    : value === undefined || value === null || value === false
      ? ''
      : escapeHtml(String(value));
}
