import { expect, test } from 'vitest';
import { mediaSource, sizeWords, type MediaBlock } from '../../../src/lab/chat/media-source';

test.each<[MediaBlock, string | undefined]>([
  [{ type: 'image', url: 'https://example.org/a.png' }, 'https://example.org/a.png'],
  [{ type: 'image', data: 'AA==', mimetype: 'image/png' }, 'data:image/png;base64,AA=='],
  [
    { type: 'image', data: 'AA==', mimetype: 'image/svg+xml' },
    'data:application/octet-stream;base64,AA=='
  ],
  [
    { type: 'file', data: 'AA==', mimetype: 'text/html' },
    'data:application/octet-stream;base64,AA=='
  ],
  [{ type: 'video', data: 'AA==', mimetype: 'video/mp4' }, 'data:video/mp4;base64,AA=='],
  [{ type: 'file', url: 'javascript:alert(1)' }, undefined],
  [{ type: 'image', url: 'file:///etc/passwd' }, undefined],
  [{ type: 'file' }, undefined]
])('%j is loaded from %j', (block, source) => expect(mediaSource(block)).toBe(source));

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1234, '1.2 kB'],
  [5_000_000, '5.0 MB']
])('%d bytes are %j', (bytes, words) => expect(sizeWords(bytes)).toBe(words));
