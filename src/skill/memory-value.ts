import { chatOpsError } from '../protocol';
import { toBase64 } from './part';

/** Marks, in the text of a value, an object that stands for something JSON does not have. */
const TAG = '$chatops';

type Tagged = { [TAG]: string; value?: unknown };

/**
 * A value as text, so that it comes back as it was: JSON, with tagged objects for dates, bytes,
 * bigints, maps, sets, undefined and the numbers that JSON does not have.
 *
 * @param key - what it is remembered under, for the error.
 * @throws ChatOpsError `CHATOPS_MEMORY_VALUE` for functions, symbols, circles and instances of classes.
 */
export function encodeValue(value: unknown, key: string): string {
  return JSON.stringify(encode(value, key, []));
}

/** The value that a text stands for. */
export function decodeValue(text: string): unknown {
  return decode(JSON.parse(text));
}

function encode(value: unknown, key: string, outer: readonly unknown[]): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') {
    throw refuse(key, `it holds a ${typeof value}`);
  }
  if (typeof value === 'bigint') {
    return tag('bigint', String(value));
  }
  if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))) {
    return tag('number', Object.is(value, -0) ? '-0' : String(value));
  }
  if (value === undefined) {
    return tag('undefined');
  }
  return typeof value === 'object' && value !== null ? encodeObject(value, key, outer) : value;
}

function encodeObject(value: object, key: string, outer: readonly unknown[]): unknown {
  if (outer.includes(value)) {
    throw refuse(key, 'it refers to itself');
  }
  const inner = [...outer, value];
  const each = (item: unknown): unknown => encode(item, key, inner);
  // By what it is, not by its class: values may come from another realm, such as a notebook cell.
  switch (Object.prototype.toString.call(value)) {
    case '[object Array]':
      return Array.from(value as unknown[], each);
    case '[object Date]':
      return tag('date', (value as Date).getTime());
    case '[object Map]':
      return tag('map', [...(value as Map<unknown, unknown>)].map(each));
    case '[object Set]':
      return tag('set', [...(value as Set<unknown>)].map(each));
    case '[object Uint8Array]':
      return tag('bytes', toBase64(value as Uint8Array));
    case '[object ArrayBuffer]':
      return tag('bytes', toBase64(new Uint8Array(value as ArrayBuffer)));
    default:
      break;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    throw refuse(key, `it holds an instance of ${value.constructor.name}`);
  }
  const entries = Object.entries(value).map(([name, item]) => [name, each(item)] as const);
  return TAG in value ? tag('object', entries) : Object.fromEntries(entries);
}

function decode(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(decode);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (!(TAG in value)) {
    return fromEntries(Object.entries(value));
  }
  const { [TAG]: kind, value: content } = value as Tagged;
  switch (kind) {
    case 'bigint':
      return BigInt(content as string);
    case 'number':
      return Number(content);
    case 'date':
      return new Date(content === null ? NaN : (content as number));
    case 'map':
      return new Map((content as unknown[]).map(decode) as [unknown, unknown][]);
    case 'set':
      return new Set((content as unknown[]).map(decode));
    case 'bytes':
      return Uint8Array.from(atob(content as string), character => character.charCodeAt(0));
    case 'object':
      return fromEntries(content as [string, unknown][]);
    default:
      return undefined;
  }
}

/** Like `Object.fromEntries`; `__proto__` is a key like any other there and here. */
function fromEntries(entries: readonly (readonly [string, unknown])[]): unknown {
  return Object.fromEntries(entries.map(([name, item]) => [name, decode(item)]));
}

function tag(kind: string, value?: unknown): Tagged {
  return { [TAG]: kind, ...(value !== undefined && { value }) };
}

function refuse(key: string, reason: string): Error {
  return chatOpsError('CHATOPS_MEMORY_VALUE', { key, reason });
}
