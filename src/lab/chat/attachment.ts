import { chatOpsError, MAX_FRAME_BYTES, type BlockOf } from '../../protocol';

/** A file or picture that goes with a message. */
export type Attachment = BlockOf<'file' | 'image'>;

/** How many files go with one message. */
export const MOST_ATTACHMENTS = 10;

/** The most that all files of one message may have, in bytes: a frame holds them as base64, and a text. */
export const MAX_ATTACHED_BYTES = Math.floor((MAX_FRAME_BYTES * 3) / 4) - 140_000;

/** What browsers show as a picture. */
const PICTURE = /^image\/(?:png|jpeg|gif|webp|avif|bmp)$/;

/** Whether a file of this kind is shown, and not only offered to be saved. */
export function isPicture(mimetype: string): boolean {
  return PICTURE.test(mimetype);
}

/** A file with its content, given as base64. */
export function attachment(name: string, mimetype: string, data: string): Attachment {
  const padding = /=*$/.exec(data)![0].length;
  const size = Math.floor((data.length * 3) / 4) - padding;
  return {
    type: isPicture(mimetype) ? 'image' : 'file',
    name,
    mimetype: mimetype || 'application/octet-stream',
    size,
    data
  };
}

/**
 * Adds to the files that go with a message.
 *
 * @throws ChatOpsError `CHATOPS_ATTACHMENT_COUNT`, or `CHATOPS_ATTACHMENT_SIZE` with the limit in kB.
 */
export function addAttachments(
  present: readonly Attachment[],
  more: readonly Attachment[]
): Attachment[] {
  const all = [...present, ...more];
  if (all.length > MOST_ATTACHMENTS) {
    throw chatOpsError('CHATOPS_ATTACHMENT_COUNT', { limit: MOST_ATTACHMENTS });
  }
  let total = 0;
  for (const { name = '', size = 0 } of all) {
    total += size;
    if (total > MAX_ATTACHED_BYTES) {
      throw chatOpsError('CHATOPS_ATTACHMENT_SIZE', {
        name,
        limit: Math.floor(MAX_ATTACHED_BYTES / 1000)
      });
    }
  }
  return all;
}

/** Whether a text and the files that go with it are small enough to be said at once. */
export function fitsFrame(text: string, attachments: readonly Attachment[]): boolean {
  const data = attachments.reduce((sum, { data: content = '' }) => sum + content.length, 0);
  // The text stands twice in a message with files. A character takes three bytes at most, or, as an
  // escape, six; a kilobyte is for everything around them.
  const bytes = new TextEncoder().encode(JSON.stringify(text)).length;
  return 2 * bytes + data + 4096 <= MAX_FRAME_BYTES;
}
