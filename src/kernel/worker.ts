import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { ChatOpsError, chatOpsError, formatError, reasonOf } from '../protocol';
import { Kernel } from './front/kernel';
import { ParentWatch } from './front/parent-watch';
import type { WorkerOptions } from './thread';
import { readConnectionFile } from './wire';

/** The kernel's second thread: everything that is not the author's code. */
async function main(): Promise<void> {
  const { connectionFile, memory, parent, port, input } = workerData as WorkerOptions;
  try {
    const kernel = new Kernel({
      connection: readConnectionFile(connectionFile),
      port,
      input,
      memory,
      folder: process.cwd(),
      beside: __dirname
    });
    await kernel.start();
    if (parent !== undefined) {
      new ParentWatch(parent, () => kernel.stop()).start();
    }
  } catch (error) {
    const told =
      error instanceof ChatOpsError
        ? error
        : chatOpsError('CHATOPS_KERNEL_CONNECTION', {
            file: connectionFile,
            reason: reasonOf(error)
          });
    // The stream of a worker would not be read any more.
    writeSync(2, `${formatError(told.record)}\n`);
    process.exit(1);
  }
}

process.on('uncaughtException', error => {
  // A defect of ours; the session and everything in it is worth more than our pride.
  writeSync(2, `${error.stack ?? String(error)}\n`);
});

void main();
