import { parentPort, workerData } from 'node:worker_threads';
import { Claims } from './claims';
import { disarmProcess } from './guarded-process';
import { systemThreadId } from './processor-time';
import { SkillHost } from './skill-host';
import type { ThreadData, ThreadEvent, ThreadRequest } from './thread-frames';

const port = parentPort!;
const { claims, ...settings } = workerData as ThreadData;
const host = new SkillHost(settings, new Claims(claims), (event: ThreadEvent) =>
  port.postMessage(event)
);

process.on('uncaughtException', error => host.stray(error));
process.on('unhandledRejection', reason => host.stray(reason));
// Node's own notes about experimental features are not for the people who read the bot's terminal.
process.removeAllListeners('warning');
disarmProcess();
port.on('message', (request: ThreadRequest) => host.take(request));
const thread = systemThreadId();
port.postMessage({ type: 'ready', ...(thread !== undefined && { thread }) } satisfies ThreadEvent);
