import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';

/** A log file that is set aside when it has grown too large, so that it never fills the disk. */
export class LogFile {
  private descriptor: number;
  private size: number;

  /**
   * @param file - an absolute path; its folder is made.
   * @param limit - bytes; when reached, the file is renamed to end in `.1` in place of an earlier one.
   * @throws the system's error when it cannot be written.
   */
  constructor(
    readonly file: string,
    private readonly limit: number
  ) {
    mkdirSync(path.dirname(file), { recursive: true });
    this.descriptor = openSync(file, 'a');
    this.size = fstatSync(this.descriptor).size;
  }

  write(text: string): void {
    const bytes = Buffer.byteLength(text);
    if (this.size > 0 && this.size + bytes > this.limit) {
      this.close();
      renameSync(this.file, `${this.file}.1`);
      this.descriptor = openSync(this.file, 'a');
      this.size = 0;
    }
    writeSync(this.descriptor, text);
    this.size += bytes;
  }

  close(): void {
    closeSync(this.descriptor);
  }
}
