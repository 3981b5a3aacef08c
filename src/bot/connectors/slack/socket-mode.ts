import { WebSocket } from 'ws';
import * as z from 'zod';
import type { Clock } from '../../../engine';
import { backoff } from '../../../protocol';
import type { PartLog } from '../../logging';
import { networkReason } from '../../understanding/service-call';

/** How long Slack may take to say hello, in milliseconds. */
const PATIENCE = 30_000;

/** After what time without a sign of life a connection is given up, in milliseconds. */
const SILENCE = 30_000;

/** How long to wait between attempts, in milliseconds. */
const WAITS = { first: 1000, limit: 60_000 };

const frameSchema = z.looseObject({
  type: z.string(),
  reason: z.string().optional(),
  envelope_id: z.string().optional(),
  payload: z.unknown().optional()
});

/** What comes over the socket to be handled. */
export interface SlackEnvelope {
  /** `events_api`, `interactive` or `slash_commands`. */
  type: string;
  payload: unknown;
}

/** What the socket needs around it. */
export interface SocketModeParts {
  /** Asks Slack for the address of a new socket. */
  address(): Promise<string>;
  /** Takes an envelope. Resolves to false when it was not taken: then Slack sends it again. */
  take(envelope: SlackEnvelope): Promise<boolean>;
  clock: Clock;
  /** A number from 0 up to and without 1. */
  random: () => number;
  log: Pick<PartLog, 'info' | 'warning'>;
}

/**
 * Slack's Socket Mode: a websocket at an address that is asked for anew each time, envelopes that
 * are acknowledged once they are safe, and a new connection whenever one ends.
 *
 * Source: https://docs.slack.dev/apis/events-api/using-socket-mode
 */
export class SocketMode {
  private current: WebSocket | undefined;
  private readonly sockets = new Set<WebSocket>();
  private timer: unknown;
  private failures = 0;
  private isStopped = false;
  private isOpening = false;
  /** A new connection is asked for while one is being made. */
  private isAsked = false;
  /** One envelope after the other, as they came. */
  private line: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: SocketModeParts) {}

  /** Connects. @throws when the first attempt fails; later ones are repeated until {@link stop}. */
  async start(): Promise<void> {
    await this.open();
  }

  /** Ends every connection. */
  stop(): void {
    this.isStopped = true;
    this.parts.clock.clearTimeout(this.timer);
    this.sockets.forEach(socket => socket.terminate());
  }

  private async open(): Promise<void> {
    const address = await this.parts.address();
    if (this.isStopped) {
      return;
    }
    const socket = new WebSocket(address);
    this.sockets.add(socket);
    await this.greeting(socket);
  }

  /** Resolves when Slack has said hello. The address holds a ticket, so no error shows it. */
  private greeting(socket: WebSocket): Promise<void> {
    const { clock } = this.parts;
    return new Promise((resolve, reject) => {
      const fail = (reason: string): void => {
        clock.clearTimeout(timer);
        socket.terminate();
        reject(new Error(`Slack's socket: ${reason}`));
      };
      const timer = clock.setTimeout(() => fail('it said no hello in time'), PATIENCE);
      socket.on('error', error => fail(networkReason(error)));
      socket.on('close', () => {
        fail('it closed the connection');
        this.closed(socket);
      });
      socket.on('message', data => {
        const frame = readFrame(String(data));
        if (frame?.type === 'hello') {
          clock.clearTimeout(timer);
          this.install(socket);
          resolve();
        } else if (frame) {
          this.receive(frame, socket);
        }
      });
    });
  }

  /** At once: what follows the hello may be the word that the connection ends. */
  private install(socket: WebSocket): void {
    const before = this.current;
    this.current = socket;
    this.failures = 0;
    this.isAsked = false;
    before?.close(1000);
    this.watch(socket);
  }

  private receive(frame: z.infer<typeof frameSchema>, socket: WebSocket): void {
    const { type, envelope_id: id, payload, reason = 'no reason' } = frame;
    if (type === 'disconnect') {
      // Slack renews connections every few hours, and says so a little before.
      this.parts.log.info(`Slack asks for a new connection: ${reason}`);
      if (socket === this.current) {
        this.again();
      }
      return;
    }
    if (id === undefined) {
      return;
    }
    this.line = this.line.then(async () => {
      const isTaken = await this.parts.take({ type, payload }).catch(() => false);
      if (isTaken && socket.readyState === WebSocket.OPEN) {
        socket.send(JSON.stringify({ envelope_id: id }));
      }
    });
  }

  private closed(socket: WebSocket): void {
    this.sockets.delete(socket);
    if (socket === this.current) {
      this.current = undefined;
      this.again();
    }
  }

  /** Makes a new connection, after a while when attempts have failed. */
  private again(): void {
    const { clock, random, log } = this.parts;
    clock.clearTimeout(this.timer);
    if (this.isStopped || this.isOpening) {
      this.isAsked = true;
      return;
    }
    this.timer = clock.setTimeout(
      () => {
        this.isOpening = true;
        this.isAsked = false;
        this.open()
          .catch((error: Error) => {
            this.failures++;
            return error.message;
          })
          .then(failure => {
            this.isOpening = false;
            if (failure !== undefined && !this.isStopped) {
              log.warning(`no connection (attempt ${this.failures}): ${failure}`);
            }
            // The new connection may have ended in the meantime, too.
            if (failure !== undefined || this.isAsked) {
              this.again();
            }
          });
      },
      backoff(this.failures, { ...WAITS, random })
    );
  }

  /** A network that is gone closes nothing; what does not answer is given up. */
  private watch(socket: WebSocket): void {
    const { clock } = this.parts;
    let isAlive = true;
    const look = (): void => {
      if (!isAlive) {
        socket.terminate();
        return;
      }
      isAlive = false;
      socket.ping();
      timer = clock.setTimeout(look, SILENCE);
    };
    let timer = clock.setTimeout(look, SILENCE);
    for (const sign of ['pong', 'ping', 'message'] as const) {
      socket.on(sign, () => (isAlive = true));
    }
    socket.on('close', () => clock.clearTimeout(timer));
  }
}

function readFrame(data: string): z.infer<typeof frameSchema> | undefined {
  try {
    return frameSchema.safeParse(JSON.parse(data)).data;
  } catch {
    return undefined;
  }
}
