import { createId } from '../../protocol';
import type * as api from '../cell-api';
import type { CommEvent, CommExtras } from '../cell-api';
import type { CommMessage } from '../thread';
import type { JsonObject } from '../wire';
import { cellStorage } from './cell-context';
import { jsonValue } from './mime-bundle';
import type { Outlet } from './outlet';

/**
 * A channel between the session and something in the front end, such as a widget.
 *
 * Source of the protocol: “Comms”, jupyter_client's documentation.
 */
export class Comm implements api.Comm {
  /** Called with each message of the other side. */
  onMessage: ((event: CommEvent) => void) | undefined;
  /** Called when the other side closes. */
  onClose: ((event: CommEvent) => void) | undefined;

  constructor(
    readonly id: string,
    readonly target: string,
    private readonly transmit: (message: CommMessage) => void
  ) {}

  send(data: Record<string, unknown>, extras?: CommExtras): void {
    this.post('comm_msg', data, extras);
  }

  close(data: Record<string, unknown> = {}, extras?: CommExtras): void {
    this.post('comm_close', data, extras);
  }

  /** Sends any kind of message; a comm of ours begins with `comm_open`. */
  post(type: CommMessage['type'], data: Record<string, unknown>, extras: CommExtras = {}): void {
    const { metadata = {}, buffers = [] } = extras;
    this.transmit({
      type,
      commId: this.id,
      ...(type === 'comm_open' && { target: this.target }),
      data: jsonValue(data) as JsonObject,
      metadata: jsonValue(metadata) as JsonObject,
      buffers
    });
  }
}

/** What a cell calls as `comms`: opens comms, and answers those that the front end opens. */
export class Comms implements api.Comms {
  private readonly comms = new Map<string, Comm>();
  private readonly targets = new Map<string, (comm: Comm, event: CommEvent) => void>();

  constructor(private readonly outlet: Outlet) {}

  /** Opens a comm to a target that the front end knows. */
  open(target: string, data: Record<string, unknown> = {}, extras?: CommExtras): Comm {
    const comm = this.add(createId(), target);
    comm.post('comm_open', data, extras);
    return comm;
  }

  /** Says who takes the comms that the front end opens to a target. */
  register(target: string, take: (comm: Comm, event: CommEvent) => void): void {
    this.targets.set(target, take);
  }

  /** Takes a message of the front end. */
  receive(message: CommMessage): void {
    const { type, commId, target = '', data, metadata, buffers } = message;
    const event = { data, metadata, buffers };
    if (type === 'comm_open') {
      const take = this.targets.get(target);
      const comm = this.add(commId, target);
      if (take) {
        take(comm, event);
      } else {
        // As the protocol asks: nobody is there for it.
        comm.close();
      }
      return;
    }
    const comm = this.comms.get(commId);
    if (type === 'comm_close') {
      this.comms.delete(commId);
      comm?.onClose?.(event);
    } else {
      comm?.onMessage?.(event);
    }
  }

  private add(id: string, target: string): Comm {
    const comm = new Comm(id, target, message => {
      if (message.type === 'comm_close') {
        this.comms.delete(id);
      }
      this.outlet.post({ type: 'comm', cell: cellStorage.getStore()?.id ?? 0, message });
    });
    this.comms.set(id, comm);
    return comm;
  }
}
