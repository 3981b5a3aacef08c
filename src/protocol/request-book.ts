import { ChatOpsError } from './error';
import type { ClientFrame } from './client-frame';
import type { Reply, ReplyTypes, Request } from './request';
import type { ServerFrame } from './server-frame';
import { createId } from './identifier';

interface OpenRequest {
  frame: ClientFrame;
  sent: boolean;
  resolve: (frame: ServerFrame) => void;
  reject: (error: ChatOpsError) => void;
}

/** The questions a client has asked and that have not been answered. */
export class RequestBook {
  private readonly requests = new Map<string, OpenRequest>();

  /** Enters a question; {@link sendAll} asks it. Rejects with the error that answers it. */
  add<T extends keyof ReplyTypes>(frame: Request<T>): Promise<Reply<T>> {
    const id = createId();
    return new Promise((resolve, reject) => {
      this.requests.set(id, {
        frame: { ...frame, id } as unknown as ClientFrame,
        sent: false,
        resolve: resolve as (frame: ServerFrame) => void,
        reject
      });
    });
  }

  /** Asks what has not been asked yet. */
  sendAll(send: (frame: ClientFrame) => void): void {
    for (const request of this.requests.values()) {
      if (!request.sent) {
        request.sent = true;
        send(request.frame);
      }
    }
  }

  /** Takes a frame as an answer. False when it answers nothing that was asked. */
  settle(frame: ServerFrame): boolean {
    const re = 're' in frame ? frame.re : undefined;
    const request = re === undefined ? undefined : this.requests.get(re);
    if (re === undefined || !request) {
      return false;
    }
    this.requests.delete(re);
    if (frame.type === 'error') {
      request.reject(new ChatOpsError(frame.error));
    } else {
      request.resolve(frame);
    }
    return true;
  }

  /** Gives up what was asked: the answer would have come over a connection that is lost. */
  rejectSent(error: () => ChatOpsError): void {
    this.reject(error, ({ sent }) => sent);
  }

  /** Gives up everything. */
  rejectAll(error: () => ChatOpsError): void {
    this.reject(error, () => true);
  }

  private reject(error: () => ChatOpsError, concerns: (request: OpenRequest) => boolean): void {
    for (const [id, request] of this.requests) {
      if (concerns(request)) {
        this.requests.delete(id);
        request.reject(error());
      }
    }
  }
}
