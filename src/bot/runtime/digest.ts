import { createHash } from 'node:crypto';

/** A short text that differs when the content differs. */
export function digest(content: string): string {
  return createHash('sha256').update(content).digest('base64');
}

/** Stands for the digest of a file that is not there. */
export const MISSING = 'no such file';
