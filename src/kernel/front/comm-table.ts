import type { CommMessage } from '../thread';
import type { JsonObject, Message } from '../wire';

/** The comms that are open, whichever side opened them. */
export class CommTable {
  private readonly targets = new Map<string, string>();

  /** Takes note of a message in either direction. */
  note({ type, commId, target }: CommMessage): void {
    if (type === 'comm_open') {
      this.targets.set(commId, target ?? '');
    } else if (type === 'comm_close') {
      this.targets.delete(commId);
    }
  }

  /** Answers a `comm_info_request`. */
  info(target: unknown): JsonObject {
    const comms: Record<string, { target_name: string }> = {};
    for (const [id, name] of this.targets) {
      if (typeof target !== 'string' || target === '' || target === name) {
        comms[id] = { target_name: name };
      }
    }
    return { status: 'ok', comms };
  }
}

/** A comm message of a front end. */
export function readComm({ header, content, metadata, buffers }: Message): CommMessage {
  return {
    type: header.msg_type as CommMessage['type'],
    commId: String(content.comm_id ?? ''),
    ...(content.target_name !== undefined && { target: String(content.target_name) }),
    data: (content.data ?? {}) as JsonObject,
    metadata,
    buffers
  };
}

/** The content of a comm message of ours. */
export function commContent({ type, commId, target, data }: CommMessage): JsonObject {
  return {
    comm_id: commId,
    ...(type === 'comm_open' && { target_name: target ?? '' }),
    data
  };
}
