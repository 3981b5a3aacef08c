import { open, readFile, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import type { StoredValue } from '../../engine';

/** One record of a log. */
export type LogRecord =
  /** The format's number, and the highest version given before. */
  | { memory: 1; last: number }
  | {
      put: [space: string, key: string, version: number, expires: number | null, value: string];
    }
  | { delete: [space: string, key: string] };

/** What a log file says. */
export interface LogContent {
  records: LogRecord[];
  /** How many records could not be read. */
  damaged: number;
  /** Bytes up to the end of the last whole record. */
  size: number;
}

/** How the name of a log ends while it is written anew. */
export const TEMPORARY = '.new';

const NEWLINE = 10;

/** The checksum and the length of a record, in hexadecimal, and a space. */
const HEAD = 17;

/** Text of about so many characters is written at a time. */
const CHUNK = 1_000_000;

/**
 * A log of changes: one line for each, with a checksum and a length before the record itself.
 *
 * ```text
 * 5d1c1a2b0000002c {"put":["skill/hello","count",1763…,null,"1"]}
 * ```
 */
export class MemoryLog {
  private constructor(
    readonly file: string,
    private readonly handle: FileHandle,
    private bytes: number,
    private readonly sync: boolean
  ) {}

  /**
   * Begins a log: the file is there with all of these records, or not at all. The log before it may
   * be deleted when this has resolved.
   */
  static async replace(
    file: string,
    records: Iterable<LogRecord>,
    sync: boolean
  ): Promise<MemoryLog> {
    const temporary = `${file}${TEMPORARY}`;
    const log = new MemoryLog(file, await open(temporary, 'w', 0o600), 0, sync);
    try {
      let text = '';
      for (const record of records) {
        text += format(record);
        if (text.length >= CHUNK) {
          await log.write(text);
          text = '';
        }
      }
      await log.write(text);
      await log.handle.sync();
      await rename(temporary, file);
    } catch (error) {
      await log.close();
      await rm(temporary, { force: true });
      throw error;
    }
    await syncFolder(path.dirname(file));
    return log;
  }

  /** Goes on with a log; `size` is where its last whole record ends. */
  static async continue(file: string, size: number, sync: boolean): Promise<MemoryLog> {
    const handle = await open(file, 'r+');
    await handle.truncate(size);
    return new MemoryLog(file, handle, size, sync);
  }

  /** In bytes. */
  get size(): number {
    return this.bytes;
  }

  /** Resolves when the records are on the disk, or with the operating system if `sync` is off. */
  async append(records: readonly LogRecord[]): Promise<void> {
    await this.write(records.map(format).join(''));
    if (this.sync) {
      await this.handle.datasync();
    }
  }

  close(): Promise<void> {
    return this.handle.close();
  }

  private async write(text: string): Promise<void> {
    const content = Buffer.from(text);
    // A write may be short when the disk is full.
    for (let offset = 0; offset < content.length;) {
      const rest = content.length - offset;
      offset += (await this.handle.write(content, offset, rest, this.bytes + offset)).bytesWritten;
    }
    this.bytes += content.length;
  }
}

/**
 * Reads a log file. A last record that was cut short by a crash is left out: nobody was told that it
 * was safe. Whatever else is damaged costs its own record only.
 *
 * @throws the system's error when the file cannot be read.
 */
export async function readLog(file: string): Promise<LogContent> {
  const bytes = await readFile(file);
  const content: LogContent = { records: [], damaged: 0, size: 0 };
  let start = 0;
  while (start < bytes.length) {
    const found = recordAt(bytes, start);
    if (found) {
      content.records.push(found.record);
      start = found.end;
    } else {
      const end = bytes.indexOf(NEWLINE, start);
      if (end === -1) {
        break;
      }
      content.damaged++;
      start = end + 1;
    }
    content.size = start;
  }
  return content;
}

/** The value of a record of a log. */
export function valueOf({ put }: Extract<LogRecord, { put: unknown }>): StoredValue {
  const [, , version, expires, value] = put;
  return { value, version, ...(expires !== null && { expires }) };
}

function format(record: LogRecord): string {
  const json = JSON.stringify(record);
  return `${hex(crc32(json))}${hex(Buffer.byteLength(json))} ${json}\n`;
}

/** The record that begins here; goes by the length, so that a damaged line end does no harm. */
function recordAt(bytes: Buffer, start: number): { record: LogRecord; end: number } | undefined {
  const head = bytes.toString('latin1', start, start + HEAD);
  if (!/^[0-9a-f]{16} $/.test(head)) {
    return undefined;
  }
  const end = start + HEAD + Number.parseInt(head.slice(8, 16), 16);
  const json = bytes.subarray(start + HEAD, end);
  if (end >= bytes.length || crc32(json) !== Number.parseInt(head.slice(0, 8), 16)) {
    return undefined;
  }
  return { record: JSON.parse(json.toString()) as LogRecord, end: end + 1 };
}

function hex(number: number): string {
  return number.toString(16).padStart(8, '0');
}

/** Makes a new name in a folder as lasting as the file; not every system lets a folder be opened. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder).catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
