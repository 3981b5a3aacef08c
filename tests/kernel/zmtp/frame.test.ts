import { array, assert, integer, property, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { ByteQueue, encodeMessage, FrameError, takeFrame } from '../../../src/kernel/zmtp/frame';

test('whatever is sent in whatever pieces is read again', () => {
  assert(
    property(
      array(array(uint8Array({ maxLength: 400 }), { minLength: 1, maxLength: 4 })),
      array(integer({ min: 1, max: 300 }), { minLength: 1 }),
      (messages, sizes) => {
        const bytes = Buffer.concat(messages.flatMap(parts => encodeMessage(parts)));
        const queue = new ByteQueue();
        const read: Buffer[][] = [[]];
        for (let offset = 0, i = 0; offset < bytes.length; i++) {
          const end = offset + sizes[i % sizes.length]!;
          queue.push(bytes.subarray(offset, end));
          offset = end;
          for (let frame = takeFrame(queue); frame; frame = takeFrame(queue)) {
            read.at(-1)!.push(frame.body);
            if (!frame.more) {
              read.push([]);
            }
          }
        }
        read.pop();
        expect(read.map(parts => parts.map(part => part.toString('hex')))).toEqual(
          messages.map(parts => parts.map(part => Buffer.from(part).toString('hex')))
        );
      }
    )
  );
});

test('garbage is refused or waited for, and never more than that', () => {
  assert(
    property(uint8Array({ maxLength: 64 }), bytes => {
      const queue = new ByteQueue();
      queue.push(Buffer.from(bytes));
      try {
        while (takeFrame(queue)) {
          // Takes what can be taken.
        }
      } catch (error) {
        expect(error).toBeInstanceOf(FrameError);
      }
      expect(queue.length).toBeLessThanOrEqual(bytes.length);
    })
  );
});
