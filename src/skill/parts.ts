import { chatOpsError, type Block } from '../protocol';
import type { ButtonContent, CardContent, Media, Part } from './api';

/** Marks what the functions of this file have made, whichever copy of this module made it. */
const MARK = Symbol.for('chatops.part');

/** @returns true for a part of a message. */
export function isPart(value: unknown): value is Part & Block {
  return typeof value === 'object' && value !== null && MARK in value;
}

/** Text with markup. */
export function markdown(text: string): Part {
  return part({ type: 'markdown', text });
}

/**
 * Program text, or anything else that keeps its spaces.
 *
 * @param language - such as `yaml`, for its colours.
 */
export function code(text: string, language?: string): Part {
  return part({ type: 'code', text, ...(language !== undefined && { language }) });
}

/**
 * A table: from column titles and rows, or from objects whose keys are the columns.
 *
 * @example
 * ```ts
 * await message.respond(table([{ service: 'web', state: 'up' }, { service: 'db', state: 'down' }]));
 * ```
 */
export function table(objects: readonly Readonly<Record<string, unknown>>[]): Part;
export function table(columns: readonly string[], rows: readonly (readonly unknown[])[]): Part;
export function table(
  first: readonly string[] | readonly Readonly<Record<string, unknown>>[],
  rows?: readonly (readonly unknown[])[]
): Part {
  if (rows) {
    const columns = (first as readonly string[]).map(String);
    return part({ type: 'table', columns, rows: rows.map(row => row.map(words)) });
  }
  const objects = first as readonly Readonly<Record<string, unknown>>[];
  const columns = [...new Set(objects.flatMap(object => Object.keys(object)))];
  return part({
    type: 'table',
    columns,
    rows: objects.map(object => columns.map(column => words(object[column])))
  });
}

/** Facts at a glance. */
export function card({ title, text, fields = {}, url, tone }: CardContent): Part {
  return part({
    type: 'card',
    title,
    fields: Object.entries(fields).map(([name, value]) => ({ name, value: words(value) })),
    ...(text !== undefined && { text }),
    ...(url !== undefined && { url }),
    ...(tone && { tone })
  });
}

let nextButtons = 1;

/** Things to press. Pressing one says its value, as if the person had written it. */
export function buttons(...choices: readonly (string | ButtonContent)[]): Part {
  return part({
    type: 'buttons',
    id: `buttons:${Date.now().toString(36)}:${nextButtons++}`,
    buttons: choices.map(choice => {
      const {
        label,
        value = label,
        style
      } = typeof choice === 'string' ? { label: choice, style: undefined } : choice;
      return { label, value, ...(style && { style }) };
    })
  });
}

/** A file. @throws ChatOpsError `CHATOPS_MEDIA_SOURCE` unless it has either an address or content. */
export function file(media: Media): Part {
  return part({ type: 'file', ...mediaFields(media) });
}

/** A picture. @throws ChatOpsError `CHATOPS_MEDIA_SOURCE` unless it has either an address or content. */
export function image({ alt, ...media }: Media & { alt?: string }): Part {
  return part({ type: 'image', ...mediaFields(media), ...(alt !== undefined && { alt }) });
}

/** A film. @throws ChatOpsError `CHATOPS_MEDIA_SOURCE` unless it has either an address or content. */
export function video(media: Media): Part {
  return part({ type: 'video', ...mediaFields(media) });
}

/** A value in words, as it stands in a table or a card. */
export function words(value: unknown): string {
  if (value === undefined || value === null) {
    return '';
  }
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
}

function mediaFields({ url, data, name, mimetype }: Media) {
  if ((url === undefined) === (data === undefined)) {
    throw chatOpsError('CHATOPS_MEDIA_SOURCE', { got: url === undefined ? 'neither' : 'both' });
  }
  return {
    ...(url !== undefined && { url }),
    ...(data && { data: toBase64(data), size: data.length }),
    ...(name !== undefined && { name }),
    ...(mimetype !== undefined && { mimetype })
  };
}

function part(block: Block): Part {
  return Object.defineProperty({ ...block }, MARK, { value: true });
}

/** Bytes as base64, without the platform's own functions, which differ. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  // A call may not have too many arguments.
  for (let i = 0; i < bytes.length; i += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  }
  return btoa(text);
}
