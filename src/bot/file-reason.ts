import { reasonOf } from '../protocol';

/** What the system's errors about files mean for the people whose files they are. */
const MEANINGS: Readonly<Record<string, (place: string) => string>> = {
  EACCES: place => `you may not use ${place}`,
  EPERM: place => `the system does not allow it for ${place}`,
  EROFS: place => `${place} is on a drive that can only be read`,
  ENOSPC: place => `no space is left for ${place}`,
  EDQUOT: place => `your share of the drive is used up, at ${place}`,
  EFBIG: place => `${place} is larger than the drive takes`,
  ENOENT: place => `${place} is not there`,
  ENOTDIR: place => `a part of ${place} is a file and not a folder`,
  EEXIST: place => `${place} is there already, and is no folder`,
  EISDIR: place => `${place} is a folder and not a file`,
  EBUSY: place => `${place} is in use by another program`,
  EIO: place => `the drive fails at ${place}`,
  EMFILE: place => `too many files are open to open ${place}`,
  ENFILE: place => `too many files are open to open ${place}`,
  ENAMETOOLONG: place => `the name ${place} is too long`,
  ELOOP: place => `${place} leads back to itself`
};

/**
 * Why a file or folder cannot be used, for use inside a sentence: what the system's code means, with
 * the code behind it for those who look it up. Other errors keep their own words.
 *
 * Source of the codes: errno(3).
 */
export function fileReason(thrown: unknown): string {
  const {
    code = '',
    syscall,
    path,
    dest
  } = (thrown ?? {}) as NodeJS.ErrnoException & {
    dest?: string;
  };
  const meaning = MEANINGS[code];
  // Connections fail with some of these codes as well, and have no file.
  if (!meaning || syscall === 'connect' || !(thrown instanceof Error)) {
    return reasonOf(thrown);
  }
  const place = dest ?? path;
  return `${meaning(place === undefined ? 'the file' : `\`${place}\``)} (${code})`;
}
