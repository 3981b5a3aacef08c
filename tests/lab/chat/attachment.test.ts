import { expect, test } from 'vitest';
import {
  addAttachments,
  attachment,
  fitsFrame,
  MAX_ATTACHED_BYTES,
  MOST_ATTACHMENTS
} from '../../../src/lab/chat/attachment';
import { textOfCells } from '../../../src/lab/chat/cell-text';
import { encodeFrame, MAX_FRAME_BYTES, MAX_TEXT_LENGTH } from '../../../src/protocol';

test('a picture is shown, anything else is offered to be saved', () => {
  expect(attachment('a.png', 'image/png', 'aGk=')).toMatchObject({ type: 'image', size: 2 });
  expect(attachment('a.svg', 'image/svg+xml', 'aGk=')).toMatchObject({ type: 'file' });
  expect(attachment('a', '', 'aGk=')).toMatchObject({ mimetype: 'application/octet-stream' });
});

test('files that are too many or too large together are refused with the limit', () => {
  const small = attachment('a', '', 'aGk=');
  const large = attachment('large.bin', '', 'a'.repeat(Math.ceil((MAX_ATTACHED_BYTES * 4) / 3)));
  expect(addAttachments([small], [large].slice(1))).toEqual([small]);
  expect(() => addAttachments([small, small], [large])).toThrow(
    /`large\.bin` is too large: .* may have \d+ kB together/
  );
  const many = Array.from({ length: MOST_ATTACHMENTS }, () => small);
  expect(() => addAttachments(many, [small])).toThrow(/One message may have 10 files at most/);
});

test('what is let through fits a frame, whatever the text', () => {
  const data = 'a'.repeat(Math.floor((MAX_ATTACHED_BYTES * 4) / 3));
  const file = attachment('a', '', data);
  for (const text of ['', 'x'.repeat(20_000), '\u0001'.repeat(10_000), '日'.repeat(50_000)]) {
    const frame = encodeFrame({
      type: 'say',
      id: 'x'.repeat(36),
      room: 'general',
      text,
      blocks: [{ type: 'markdown', text }, file]
    });
    const bytes = new TextEncoder().encode(frame).length;
    expect(!fitsFrame(text, [file]) || bytes <= MAX_FRAME_BYTES).toBe(true);
  }
  expect(fitsFrame('x'.repeat(MAX_TEXT_LENGTH), [])).toBe(true);
  expect(fitsFrame('short', [file])).toBe(true);
});

test('cells become text: code between fences, everything else as it stands', () => {
  expect(
    textOfCells(
      [
        { cell_type: 'markdown', source: ['# Title\n', 'text'] },
        { cell_type: 'code', source: 'print("```")' },
        { cell_type: 'code', source: '  ' }
      ],
      'python'
    )
  ).toBe('# Title\ntext\n\n````python\nprint("```")\n````');
});
