import type { Block } from '../protocol';
import type { Part } from './api';

/** Marks what was made as a part, whichever copy of this module made it. */
const MARK = Symbol.for('chatops.part');

/** @returns true for a part of a message. */
export function isPart(value: unknown): value is Part & Block {
  return typeof value === 'object' && value !== null && MARK in value;
}

/** Makes a block of a message what skills can pass on. */
export function part(block: Block): Part {
  return Object.defineProperty({ ...block }, MARK, { value: true });
}

/** A value in words, as it stands in a table or a card. */
export function words(value: unknown): string {
  if (value === undefined || value === null) {
    return '';
  }
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
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
