import { Listener, type Endpoint } from './listener';
import { Peer } from './peer';

/**
 * A ROUTER socket: each message that arrives comes with the name of who sent it, and each message
 * that is sent goes to the one it names.
 */
export class Router {
  private readonly peers = new Map<string, Peer>();
  private readonly names = new Map<Peer, Buffer>();
  private unnamed = 0;

  private readonly listener = new Listener(socket => {
    void new Peer(socket, 'ROUTER', {
      ready: peer => this.add(peer),
      message: (peer, parts) => this.onMessage(this.names.get(peer)!, parts),
      closed: peer => this.remove(peer)
    });
  });

  /** @param onMessage - called with the sender's name and the parts of each message. */
  constructor(private readonly onMessage: (sender: Buffer, parts: Buffer[]) => void) {}

  bind(endpoint: Endpoint): Promise<void> {
    return this.listener.bind(endpoint);
  }

  get port(): number | undefined {
    return this.listener.port;
  }

  /** Sends a message to a peer by its name. False, and nothing sent, when it is not connected. */
  send(receiver: Buffer, parts: readonly Uint8Array[]): boolean {
    const peer = this.peers.get(key(receiver));
    peer?.send(parts);
    return peer !== undefined;
  }

  close(): void {
    this.listener.close();
  }

  private add(peer: Peer): void {
    const chosen = peer.identity;
    const name = chosen.length > 0 && chosen[0] !== 0 ? chosen : this.newName();
    const former = this.peers.get(key(name));
    this.peers.set(key(name), peer);
    this.names.set(peer, name);
    // Who comes back under its name has lost its former connection, even where we cannot tell yet.
    former?.close();
  }

  private remove(peer: Peer): void {
    const name = this.names.get(peer);
    this.names.delete(peer);
    if (name && this.peers.get(key(name)) === peer) {
      this.peers.delete(key(name));
    }
  }

  /** Names that we give start with a zero byte, which no peer may choose itself. */
  private newName(): Buffer {
    const name = Buffer.alloc(5);
    name.writeUInt32BE(++this.unnamed, 1);
    return name;
  }
}

function key(name: Buffer): string {
  return name.toString('latin1');
}
