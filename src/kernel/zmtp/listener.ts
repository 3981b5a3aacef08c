import { lstatSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';

/** Where a socket listens: an address and a port, or the path of a socket file. */
export type Endpoint = { host: string; port: number } | { path: string };

/** Accepts connections at one endpoint. */
export class Listener {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  constructor(accept: (socket: Socket) => void) {
    this.server = createServer(socket => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
      accept(socket);
    });
  }

  /**
   * Starts to listen.
   *
   * @throws the system's error when the endpoint cannot be had.
   */
  async bind(endpoint: Endpoint): Promise<void> {
    if ('path' in endpoint && lstatSync(endpoint.path, { throwIfNoEntry: false })?.isSocket()) {
      // What a kernel that was killed left behind; nobody else uses this name.
      rmSync(endpoint.path, { force: true });
    }
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(endpoint, () => {
        this.server.off('error', reject);
        // One connection that cannot be accepted is no reason to give up the others.
        this.server.on('error', () => undefined);
        resolve();
      });
    });
  }

  /** The port, when the endpoint is one. */
  get port(): number | undefined {
    const address = this.server.address();
    return typeof address === 'object' && address !== null ? address.port : undefined;
  }

  /** Stops to listen and ends every connection. */
  close(): void {
    this.server.close();
    for (const socket of this.sockets) {
      socket.destroy();
    }
  }
}
