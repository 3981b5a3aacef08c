import { channel } from 'node:diagnostics_channel';
import { Socket as DatagramSocket } from 'node:dgram';
import type { EventEmitter } from 'node:events';
import type { ClientRequest } from 'node:http';
import { Server, type Socket } from 'node:net';
import type { SkillScope } from './skill-scope';

/**
 * Watches what skills open through Node's own modules (servers, sockets, requests), so that it ends
 * with the version of the skill that opened it.
 *
 * @param owner - whose code is running.
 */
export function watchOpenHandles(owner: () => SkillScope | undefined): void {
  adoptOnCall(Server.prototype, 'listen', owner, server => {
    (server as Server & { closeAllConnections?: () => void }).closeAllConnections?.();
    server.close();
  });
  adoptOnCall(DatagramSocket.prototype, 'bind', owner, socket => void socket.close());
  channel('http.client.request.start').subscribe(message => {
    const { request } = message as { request: ClientRequest };
    adopt(owner(), request, () => request.destroy());
  });
  channel('net.client.socket').subscribe(message => {
    const { socket } = message as { socket: Socket };
    adopt(owner(), socket, () => {
      // A connection that an agent keeps for later may be serving another skill by now.
      if (socket.listenerCount('agentRemove') === 0) {
        socket.destroy();
      }
    });
  });
}

/** Makes a method of a class tell who has called it. */
function adoptOnCall<T extends EventEmitter, M extends keyof T & string>(
  prototype: T,
  method: M,
  owner: () => SkillScope | undefined,
  close: (handle: T) => void
): void {
  const original = prototype[method] as (...values: unknown[]) => unknown;
  Object.defineProperty(prototype, method, {
    configurable: true,
    writable: true,
    value(this: T, ...values: unknown[]) {
      adopt(owner(), this, () => close(this));
      return original.apply(this, values);
    }
  });
}

function adopt(scope: SkillScope | undefined, handle: EventEmitter, close: () => void): void {
  const release = scope?.adopt(close);
  if (release) {
    handle.once('close', release);
  }
}
