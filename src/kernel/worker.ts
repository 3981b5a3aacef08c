import path from 'node:path';
import { workerData } from 'node:worker_threads';
import { Kernel } from './front/kernel';
import { ParentWatch } from './front/parent-watch';
import type { WorkerOptions } from './thread';
import { readConnectionFile } from './wire';

/** The kernel's second thread: everything that is not the author's code. */
async function main(): Promise<void> {
  const { connectionFile, memory, parent, port, input } = workerData as WorkerOptions;
  const connection = readConnectionFile(connectionFile);
  const kernel = new Kernel({
    connection,
    port,
    input,
    memory,
    folder: process.cwd(),
    program: path.join(__dirname, 'chatops.cjs')
  });
  if (parent !== undefined) {
    new ParentWatch(parent, () => kernel.stop()).start();
  }
  await kernel.start();
}

void main();
