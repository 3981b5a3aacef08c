import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { ChatOpsError, chatOpsError, formatError, reasonOf } from '../protocol';
import { Channels } from './front/channels';
import { ParentWatch } from './front/parent-watch';
import type { WorkerOptions } from './thread';
import { readConnectionFile } from './wire';

/** The kernel's second thread: everything that is not the author's code. */
async function main(): Promise<void> {
  const { connectionFile, memory, parent, port, input } = workerData as WorkerOptions;
  try {
    const channels = new Channels(readConnectionFile(connectionFile));
    // Before anything else is read: a client that finds nobody listening comes back after 100 to 200 ms.
    await channels.bind();
    const { Kernel } = await import(/* webpackChunkName: "kernel-front" */ './front/kernel');
    const kernel = new Kernel({
      channels,
      port,
      input,
      memory,
      folder: process.cwd(),
      beside: __dirname
    });
    kernel.start();
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
