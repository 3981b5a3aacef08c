import { Listener, type Endpoint } from './listener';
import { Peer } from './peer';

/** A REP socket that answers every request with the request itself: a Jupyter kernel's heartbeat. */
export class Echo {
  private readonly listener = new Listener(socket => {
    void new Peer(socket, 'REP', {
      ready: () => undefined,
      message: (peer, parts) => peer.send(parts),
      closed: () => undefined
    });
  });

  bind(endpoint: Endpoint): Promise<void> {
    return this.listener.bind(endpoint);
  }

  get port(): number | undefined {
    return this.listener.port;
  }

  close(): void {
    this.listener.close();
  }
}
