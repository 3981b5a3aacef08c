import type { BlockOf } from '../../protocol';

/** A file, picture or film of a message. */
export type MediaBlock = BlockOf<'file' | 'image' | 'video'>;

/** What a picture may be shown as: what browsers run no scripts in. */
const PICTURES = /^image\/(?:png|jpe?g|gif|webp|avif|bmp|x-icon)$/;

/**
 * The address by which a page may load something of a message: that of the web, or its content.
 * Nothing for any other kind of address, such as `javascript:`.
 */
export function mediaSource({ type, url, data, mimetype }: MediaBlock): string | undefined {
  if (data !== undefined) {
    const kind = mimetype ?? (type === 'image' ? 'image/png' : 'application/octet-stream');
    const isShown =
      type === 'image' ? PICTURES.test(kind) : type === 'video' && kind.startsWith('video/');
    // What is not shown is only ever saved; a page of HTML among it must not be opened as one.
    return `data:${isShown ? kind : 'application/octet-stream'};base64,${data}`;
  }
  return url !== undefined && isWebAddress(url) ? url : undefined;
}

/** Whether an address is one of the web. */
export function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url);
}

/** A number of bytes as people say it: `1.2 MB`. */
export function sizeWords(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}
