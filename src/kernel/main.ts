import path from 'node:path';
import { MessageChannel, SHARE_ENV, Worker } from 'node:worker_threads';
import { createSharedMemory, type WorkerOptions } from './thread';

/** In megabytes. */
const YOUNG_GENERATION = 4;

/**
 * The kernel's program: `node kernel.cjs CONNECTION_FILE`.
 *
 * The main thread is for the author's code alone; everything else is the worker's.
 */
async function main(): Promise<void> {
  const connectionFile = process.argv[2];
  if (connectionFile === undefined) {
    process.stderr.write(
      'This is a Jupyter kernel. Jupyter starts it, and gives it a connection file:\n' +
        '  node kernel.cjs CONNECTION_FILE\n'
    );
    process.exitCode = 2;
    return;
  }
  const memory = createSharedMemory();
  const answers = new MessageChannel();
  const messages = new MessageChannel();
  const workerData: WorkerOptions = {
    connectionFile: path.resolve(connectionFile),
    memory,
    parent: process.env.JPY_PARENT_PID === undefined ? undefined : process.ppid,
    port: messages.port2,
    input: answers.port2
  };
  const worker = new Worker(path.join(__dirname, 'kernel-worker.cjs'), {
    workerData,
    // What a cell puts into its environment is there for its `%%bash` too.
    env: SHARE_ENV,
    // Most of what the worker makes is gone at once; more room for it would only be memory unused.
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION },
    transferList: [messages.port2, answers.port2]
  });
  const exit = process.exit.bind(process);
  const { stderr } = process;
  worker.on('error', (error: Error) => {
    stderr.write(`${error.message}\n`);
    exit(1);
  });
  worker.on('exit', code => exit(code));
  // The worker is on its way to its sockets; this is read beside that.
  const { loadAuthorTools, loadSkillModule, loadTestingKit, Session } = await import(
    /* webpackChunkName: "kernel-session" */ './session'
  );
  new Session({
    port: messages.port1,
    answers: answers.port1,
    memory,
    folder: process.cwd(),
    loadTools: () => loadAuthorTools(__dirname),
    loadModule: () => loadSkillModule(__dirname),
    loadTesting: () => loadTestingKit(__dirname),
    isInternal: file =>
      file.startsWith(__dirname + path.sep) && /^(?:kernel|testing)/.test(path.basename(file))
  }).start();
}

void main();
