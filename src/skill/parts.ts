import { chatOpsError } from '../protocol';
import type { ButtonContent, CardContent, Media, Part } from './api';
import { part, toBase64, words } from './part';

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

type ButtonChoice = string | ButtonContent;

/**
 * Things to press, one by one or as a list. Pressing one says its value, as if the person had
 * written it.
 */
export function buttons(...choices: readonly (ButtonChoice | readonly ButtonChoice[])[]): Part {
  return part({
    type: 'buttons',
    id: `buttons:${Date.now().toString(36)}:${nextButtons++}`,
    buttons: (choices.flat() as ButtonChoice[]).map(choice => {
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
