import { parentPort, workerData } from 'node:worker_threads';
import { SkillHost } from './skill-host';
import type { ThreadEvent, ThreadRequest, ThreadSettings } from './thread-frames';

const port = parentPort!;
const host = new SkillHost(workerData as ThreadSettings, (event: ThreadEvent) =>
  port.postMessage(event)
);

process.on('uncaughtException', error => host.stray(error));
process.on('unhandledRejection', reason => host.stray(reason));
// Node's own notes about experimental features are not for the people who read the bot's terminal.
process.removeAllListeners('warning');
port.on('message', (request: ThreadRequest) => host.take(request));
port.postMessage({ type: 'ready' } satisfies ThreadEvent);
