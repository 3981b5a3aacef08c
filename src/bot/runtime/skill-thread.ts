import { parentPort, workerData } from 'node:worker_threads';
import { Claims } from './claims';
import { disarmProcess } from './guarded-process';
import { HeapTrim } from './heap-trim';
import { systemThreadId } from './processor-time';
import { SkillHost } from './skill-host';
import {
  eventToWire,
  fromWire,
  type OnTheWire,
  type ThreadData,
  type ThreadEvent,
  type ThreadRequest
} from './thread-frames';

const port = parentPort!;
const { claims, ...settings } = workerData as ThreadData;
const host = new SkillHost(settings, new Claims(claims), (event: ThreadEvent) =>
  port.postMessage(eventToWire(event))
);

process.on('uncaughtException', error => host.stray(error));
process.on('unhandledRejection', reason => host.stray(reason));
// Node's own notes about experimental features are not for the people who read the bot's terminal.
process.removeAllListeners('warning');
disarmProcess();
const trim = new HeapTrim();
port.on('message', (frame: OnTheWire<ThreadRequest>) => {
  trim.postpone();
  host.take(fromWire(frame));
});
const thread = systemThreadId();
port.postMessage({ type: 'ready', ...(thread !== undefined && { thread }) } satisfies ThreadEvent);
