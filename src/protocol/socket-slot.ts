import { closeCode } from './close-code';
import type { Socket } from './socket';

/** Told of what becomes of the socket in a slot. */
export interface SocketEvents {
  /** It is open. */
  opened(): void;
  /** The other end sent a text. */
  heard(text: string): void;
  /** It was closed, by the other end or by the network. */
  closed(code: number): void;
  /** None could be made. */
  failed(error: unknown): void;
}

/** The place of a connection's one socket. What an earlier one still has to say reaches nobody. */
export class SocketSlot {
  private socket: Socket | null = null;
  /** Counts what was begun, so that what was overtaken is told apart. */
  private attempt = 0;

  constructor(private readonly events: SocketEvents) {}

  /** Makes a socket, and takes it unless another one is wanted by then. */
  async open(make: () => Socket | Promise<Socket>): Promise<void> {
    this.drop();
    const attempt = ++this.attempt;
    let socket: Socket;
    try {
      socket = await make();
    } catch (error) {
      if (attempt === this.attempt) {
        this.events.failed(error);
      }
      return;
    }
    if (attempt !== this.attempt) {
      socket.close();
      return;
    }
    this.socket = socket;
    socket.onopen = () => this.events.opened();
    socket.onmessage = (event: { data: unknown }) => this.events.heard(String(event.data));
    socket.onclose = (event: { code: number }) => {
      this.socket = null;
      this.events.closed(event.code);
    };
    // A close follows each error and says more.
    socket.onerror = () => undefined;
  }

  /** Sends a text; nothing where there is no socket. */
  send(text: string): void {
    this.socket?.send(text);
  }

  /** Lets go of the socket, so that nothing it still has to say reaches us. */
  drop(code: number = closeCode.goingAway): void {
    this.attempt++;
    const { socket } = this;
    this.socket = null;
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      // Browsers allow a script no other codes than 1000 and those from 3000 up.
      socket.close(code === 1000 ? 1000 : undefined);
    }
  }
}
