import type { Runtime } from 'node:inspector';
import { inspect } from 'node:util';

/** The longest value that is told in a line, in UTF-16 code units. */
const LONGEST = 1000;

/** A value of the main thread in a line. */
export function valueText(value: Runtime.RemoteObject): string {
  if (value.type === 'string') {
    return shorten(inspect(value.value, { maxStringLength: LONGEST }));
  }
  if (value.type === 'function') {
    return shorten((value.description ?? 'function').split('\n')[0]!);
  }
  if (value.preview && value.subtype !== 'error' && value.subtype !== 'date') {
    return shorten(previewText(value.preview));
  }
  return shorten((value.description ?? String(value.value)).split('\n')[0]!);
}

/** What kind of thing a value is. */
export function typeOf(value: Runtime.RemoteObject): string {
  return value.className ?? value.subtype ?? value.type;
}

function previewText(preview: Runtime.ObjectPreview): string {
  const isList = preview.subtype === 'array' || preview.subtype === 'typedarray';
  const name = preview.description ?? '';
  const items = preview.entries
    ? preview.entries.map(({ key, value }) =>
        key ? `${itemText(key)} => ${itemText(value)}` : itemText(value)
      )
    : preview.properties.map(({ name: key, type, value = '' }) => {
        const text = type === 'string' ? inspect(value) : type === 'accessor' ? '(…)' : value;
        return isList && /^\d+$/.test(key) ? text : `${key}: ${text}`;
      });
  const inside = [...items, ...(preview.overflow ? ['…'] : [])].join(', ');
  return isList
    ? `${name} [${inside}]`
    : name === 'Object'
      ? `{${inside}}`
      : inside === ''
        ? name
        : `${name} {${inside}}`;
}

function itemText(preview: Runtime.ObjectPreview): string {
  return preview.type === 'string'
    ? inspect(preview.description ?? '')
    : (preview.description ?? preview.type);
}

function shorten(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
