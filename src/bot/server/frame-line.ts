import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';

/**
 * A websocket that sends what it is given within one turn of the event loop together: each call of the
 * system costs more than a frame does.
 */
export class FrameLine {
  private pending: NodeJS.Immediate | undefined;

  /**
   * @param socket - what the frames are sent by.
   * @param stream - what that writes to: the socket of the request it came from.
   */
  constructor(
    private readonly socket: WebSocket,
    private readonly stream: Duplex
  ) {}

  /** How many bytes the other end has not taken yet. */
  get unsent(): number {
    return this.socket.bufferedAmount;
  }

  /** Sends a frame; nothing to one who has gone. */
  send(text: string): void {
    if (this.socket.readyState === this.socket.OPEN) {
      this.hold();
      this.socket.send(text);
    }
  }

  /** Closes the connection after what was sent before. */
  close(code: number, reason?: string): void {
    this.socket.close(code, reason);
    this.flush();
  }

  private hold(): void {
    if (!this.pending) {
      this.stream.cork();
      this.pending = setImmediate(() => this.flush());
    }
  }

  private flush(): void {
    if (this.pending) {
      clearImmediate(this.pending);
      this.pending = undefined;
      this.stream.uncork();
    }
  }
}
