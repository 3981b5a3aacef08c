import { inspect, types } from 'node:util';
import type { MimeBundle } from '../thread';
import { errorBundle } from '../views/error-bundle';
import { guessTable } from './table';

/** What a value looks like, in every format that is known of it. */
export interface Representation {
  data: MimeBundle;
  metadata: Record<string, unknown>;
}

/**
 * The symbol of a method by which an object says how it is shown: it returns an object of media
 * types and their data, or a promise of one. Deno's notebooks use the same symbol.
 *
 * @example
 * ```ts
 * const colour = { [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<b>red</b>' }) };
 * ```
 */
export const displaySymbol = Symbol.for('Jupyter.display');

type Thing = Record<PropertyKey, unknown>;

/** Shows a value: by its own method if it has one, else as what it looks like, always as text too. */
export function represent(value: unknown): Representation | Promise<Representation> {
  const own = ownBundle(value);
  if (own instanceof Promise) {
    return own.then(data => complete(data, value));
  }
  return complete(own ?? guess(value) ?? {}, value);
}

/** A value as text. */
export function plainText(value: unknown): string {
  return inspect(value, {
    depth: 4,
    maxArrayLength: 100,
    maxStringLength: 10_000,
    breakLength: 88
  });
}

/** A value as data that survives JSON: bigints become texts, functions and circles are left out. */
export function jsonValue(value: unknown): unknown {
  const path: unknown[] = [];
  const text = JSON.stringify(value, function (this: unknown, _key, item: unknown) {
    while (path.length > 0 && path.at(-1) !== this) {
      path.pop();
    }
    if (typeof item === 'object' && item !== null) {
      if (path.includes(item)) {
        return undefined;
      }
      path.push(item);
    }
    return typeof item === 'bigint' ? item.toString() : item;
  }) as string | undefined;
  return text === undefined ? null : (JSON.parse(text) as unknown);
}

function complete(data: MimeBundle, value: unknown): Representation {
  return {
    data: {
      ...Object.fromEntries(Object.entries(data).map(([type, item]) => [type, encode(item)])),
      'text/plain': data['text/plain'] === undefined ? plainText(value) : encode(data['text/plain'])
    },
    metadata: {}
  };
}

/** Bytes become base64, as Jupyter wants them; whatever else is no text must be JSON. */
function encode(item: unknown): unknown {
  return typeof item === 'string'
    ? item
    : item instanceof Uint8Array
      ? Buffer.from(item).toString('base64')
      : jsonValue(item);
}

function ownBundle(value: unknown): MimeBundle | Promise<MimeBundle> | undefined {
  if (!isThing(value) || typeof value[displaySymbol] !== 'function') {
    return undefined;
  }
  const bundle = (value[displaySymbol] as () => unknown).call(value);
  return bundle instanceof Promise
    ? bundle.then(late => (isThing(late) ? late : {}))
    : isThing(bundle)
      ? bundle
      : undefined;
}

/** The formats of things that notebooks show often. */
function guess(value: unknown): MimeBundle | undefined {
  if (value instanceof Uint8Array) {
    const type = imageType(value);
    return type === undefined
      ? undefined
      : { [type]: value, 'text/plain': `<${type}, ${value.length} bytes>` };
  }
  if (!isThing(value)) {
    return undefined;
  }
  if (value instanceof Error) {
    return errorBundle(value, plainText(value));
  }
  return markup(value) ?? canvas(value) ?? chart(value) ?? guessTable(value);
}

/** An element of a page. */
function markup(value: Thing): MimeBundle | undefined {
  const { outerHTML } = value;
  return typeof outerHTML === 'string'
    ? { [/^<svg\b/i.test(outerHTML) ? 'image/svg+xml' : 'text/html']: outerHTML }
    : undefined;
}

/** Whatever can put its picture into a URL. */
function canvas(value: Thing): MimeBundle | undefined {
  if (typeof value.toDataURL !== 'function') {
    return undefined;
  }
  const url: unknown = value.toDataURL();
  const match = typeof url === 'string' && /^data:([\w/+.-]+);base64,(.*)$/s.exec(url);
  return match ? { [match[1]!]: match[2]! } : undefined;
}

/** A description of a chart in Vega or Vega-Lite. */
function chart(value: Thing): MimeBundle | undefined {
  const { $schema } = value;
  const match =
    typeof $schema === 'string' &&
    /^https:\/\/vega\.github\.io\/schema\/(vega|vega-lite)\/v(\d+)/.exec($schema);
  return match
    ? { [`application/vnd.${match[1]!.replace('-', '')}.v${match[2]!}+json`]: value }
    : undefined;
}

/** A picture's media type by its first bytes. */
function imageType(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(12, bytes.length)).toString(
    'latin1'
  );
  return start.startsWith('\x89PNG\r\n\x1a\n')
    ? 'image/png'
    : start.startsWith('\xff\xd8\xff')
      ? 'image/jpeg'
      : /^GIF8[79]a/.test(start)
        ? 'image/gif'
        : /^RIFF.{4}WEBP/s.test(start)
          ? 'image/webp'
          : undefined;
}

/** Looking into a proxy would run its traps, so it is no thing to look into. */
function isThing(value: unknown): value is Thing {
  return (
    ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
    !types.isProxy(value)
  );
}
