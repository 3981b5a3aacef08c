import { chatOpsError, reasonOf } from '../../protocol';
import { attachment, isPicture, MAX_ATTACHED_BYTES, type Attachment } from '../chat/attachment';

/** The longest edge of a picture that had to be made smaller, in pixels. */
const EDGES = [2048, 1280, 800];

/**
 * Reads files that someone dropped, pasted or chose. Pictures that are too large are made smaller.
 *
 * @throws ChatOpsError `CHATOPS_ATTACHMENT_UNREADABLE`.
 */
export function readFiles(files: readonly File[]): Promise<Attachment[]> {
  return Promise.all(files.map(readFile));
}

async function readFile(file: File): Promise<Attachment> {
  const name = file.name || `picture.${file.type.split('/').at(-1)}`;
  try {
    const small =
      isPicture(file.type) && file.size > MAX_ATTACHED_BYTES ? await shrink(file) : undefined;
    return attachment(
      small ? `${name.replace(/\.\w+$/, '')}.jpg` : name,
      small?.type ?? file.type,
      await base64Of(small ?? file)
    );
  } catch (error) {
    const reason = reasonOf(error);
    throw chatOpsError('CHATOPS_ATTACHMENT_UNREADABLE', { name, reason }, { cause: error });
  }
}

function base64Of(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const url = String(reader.result);
      resolve(url.slice(url.indexOf(',') + 1));
    };
    reader.onerror = () => reject(reader.error as Error);
    reader.readAsDataURL(blob);
  });
}

/** A picture with fewer points, as JPEG; nothing where even that would be too large. */
async function shrink(file: Blob): Promise<Blob | undefined> {
  const picture = await createImageBitmap(file);
  try {
    for (const edge of EDGES) {
      const scale = Math.min(1, edge / Math.max(picture.width, picture.height));
      const canvas = document.createElement('canvas');
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext('2d')!.drawImage(picture, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise<Blob | null>(resolve =>
        canvas.toBlob(resolve, 'image/jpeg', 0.85)
      );
      if (blob && blob.size <= MAX_ATTACHED_BYTES) {
        return blob;
      }
    }
    return undefined;
  } finally {
    picture.close();
  }
}
