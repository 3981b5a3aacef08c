import { createReadStream, existsSync, readFileSync, statSync, watchFile } from 'node:fs';
import { chatOpsError } from '../../protocol';

/** How often a followed file is looked at, in milliseconds. */
const INTERVAL = 200;

/**
 * Writes the last lines of a log file, and with `follow` everything that is added to it until this
 * process ends.
 *
 * @throws ChatOpsError `CHATOPS_LOG_FILE` when there is no file to read.
 */
export function showLog(file: string | undefined, lines: number, follow: boolean): void {
  if (file === undefined) {
    throw chatOpsError('CHATOPS_LOG_FILE', {
      file: 'false',
      reason: '`logging.path` turns it off'
    });
  }
  if (!existsSync(file) && !follow) {
    throw chatOpsError('CHATOPS_LOG_FILE', { file, reason: 'no bot has written it yet' });
  }
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const last = text.trimEnd().split('\n').slice(-lines).join('\n');
  if (last !== '') {
    process.stdout.write(`${last}\n`);
  }
  if (follow) {
    followFile(file, Buffer.byteLength(text));
  }
}

function followFile(file: string, from: number): void {
  let position = from;
  let reading = false;
  const catchUp = (): void => {
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    // A smaller file is a new one: the log was set aside.
    position = size < position ? 0 : position;
    if (size > position && !reading) {
      reading = true;
      const stream = createReadStream(file, { start: position, end: size - 1 });
      position = size;
      stream.on('close', () => {
        reading = false;
        catchUp();
      });
      stream.pipe(process.stdout, { end: false });
    }
  };
  watchFile(file, { interval: INTERVAL }, catchUp);
  // What was added before the first look of the watch would not count as a change.
  catchUp();
}
