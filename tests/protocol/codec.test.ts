import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeClientFrame,
  decodeServerFrame,
  encodeFrame,
  MAX_FRAME_BYTES,
  MAX_TEXT_LENGTH,
  type ChatOpsError,
  type ClientFrame
} from '../../src/protocol';

function refusal(text: string): ChatOpsError {
  try {
    decodeClientFrame(text);
  } catch (error) {
    return error as ChatOpsError;
  }
  throw new Error('the frame was taken');
}

describe('frames of clients', () => {
  test('come out as they went in', () => {
    const frame: ClientFrame = { type: 'say', id: '1', room: 'general', text: 'grüß Gott 👋' };
    expect(decodeClientFrame(encodeFrame(frame))).toEqual(frame);
  });

  test('lose fields that this version does not know, so that newer clients are understood', () => {
    expect(decodeClientFrame('{"type":"typing","room":"a","active":true,"mood":"good"}')).toEqual({
      type: 'typing',
      room: 'a',
      active: true
    });
  });

  test.each([
    ['not JSON', 'CHATOPS_FRAME_SYNTAX', /not valid JSON/],
    ['42', 'CHATOPS_FRAME_INVALID', /`frame` must be a value of type object/],
    ['{"type":"dance"}', 'CHATOPS_FRAME_INVALID', /`type` is not one that the protocol has/],
    [
      '{"type":"say","id":"1","room":"a"}',
      'CHATOPS_FRAME_INVALID',
      /`text` must be a value of type string/
    ],
    [
      '{"type":"say","id":"","room":"a","text":"x"}',
      'CHATOPS_FRAME_INVALID',
      /`id` must be at least 1 characters long/
    ],
    [
      JSON.stringify({ type: 'say', id: '1', room: 'a', text: 'x'.repeat(MAX_TEXT_LENGTH + 1) }),
      'CHATOPS_FRAME_INVALID',
      /`text` must be at most 100000 characters long/
    ]
  ])('that are wrong are refused with the reason: %.40s', (text, code, message) => {
    const error = refusal(text);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });

  test('that are too large are refused by their size in bytes, whatever the characters', () => {
    for (const character of ['a', 'ü', '€', '👋']) {
      const frame = character.repeat(MAX_FRAME_BYTES / Buffer.byteLength(character) + 1);
      const error = refusal(frame);
      expect(error.code).toBe('CHATOPS_FRAME_TOO_LARGE');
      expect(error.message).toContain(`${Buffer.byteLength(frame)} bytes`);
    }
  });

  test('never do anything but pass or be refused with a code', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), text => {
        try {
          decodeClientFrame(text);
        } catch (error) {
          expect((error as ChatOpsError).code).toMatch(/^CHATOPS_FRAME_/);
        }
      })
    );
  });
});

test('a frame of a bot that is no frame is refused too', () => {
  expect(() => decodeServerFrame('{"type":"ready"}')).toThrow(/`protocol` must be/);
});
