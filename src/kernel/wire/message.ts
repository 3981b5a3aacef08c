import { createId } from '../../protocol';
import { preciseTime } from './clock';
import type { Signer } from './signature';

/** A JSON object of unknown shape. */
export type JsonObject = Record<string, unknown>;

/** What every Jupyter message says about itself. */
export interface Header extends JsonObject {
  msg_id: string;
  msg_type: string;
  session: string;
  username: string;
  /** ISO 8601. */
  date: string;
  version: string;
}

/** A message of the Jupyter protocol. */
export interface Message<C = JsonObject> {
  /** The names of the sockets it came through, to send the answer the same way back. */
  identities: Buffer[];
  header: Header;
  /** The header of the message that this one follows from; empty when there is none. */
  parentHeader: Header | Record<string, never>;
  metadata: JsonObject;
  content: C;
  buffers: Uint8Array[];
}

/** The version of the Jupyter messaging protocol that this kernel speaks. */
export const JUPYTER_PROTOCOL = '5.5';

const DELIMITER = Buffer.from('<IDS|MSG>');

/** A new header of ours. */
export function createHeader(type: string, session: string): Header {
  return {
    msg_id: createId(),
    msg_type: type,
    session,
    username: 'kernel',
    date: preciseTime(),
    version: JUPYTER_PROTOCOL
  };
}

/**
 * The parts of a message as they cross the wire.
 *
 * Source of the format: “Messaging in Jupyter”, “The wire protocol”, jupyter_client's documentation.
 */
export function encodeMessage(message: Message, signer: Signer): Uint8Array[] {
  const signed = [
    encodePart(message.header),
    encodeParent(message.parentHeader),
    encodePart(message.metadata),
    encodePart(message.content)
  ];
  return [
    ...message.identities,
    DELIMITER,
    Buffer.from(signer.sign(signed)),
    ...signed,
    ...message.buffers
  ];
}

function encodePart(part: JsonObject): Buffer {
  return Buffer.from(JSON.stringify(part));
}

/** What follows from one request comes in a row. */
let latestParent: { header: Message['parentHeader']; bytes: Buffer } | undefined;

function encodeParent(header: Message['parentHeader']): Buffer {
  if (latestParent?.header !== header) {
    latestParent = { header, bytes: encodePart(header) };
  }
  return latestParent.bytes;
}

/** Reads the parts of a message; nothing when it is malformed, or its signature wrong or used before. */
export function decodeMessage(parts: readonly Buffer[], signer: Signer): Message | undefined {
  const start = parts.findIndex(part => part.equals(DELIMITER));
  const signed = parts.slice(start + 2, start + 6);
  if (start < 0 || signed.length < 4) {
    return undefined;
  }
  if (!signer.accepts(parts[start + 1]!.toString('latin1'), signed)) {
    return undefined;
  }
  let decoded: unknown[];
  try {
    decoded = signed.map(part => JSON.parse(part.toString()) as unknown);
  } catch {
    return undefined;
  }
  if (!decoded.every(isObject)) {
    return undefined;
  }
  const [header, parentHeader, metadata, content] = decoded;
  if (typeof header!.msg_type !== 'string' || typeof header!.msg_id !== 'string') {
    return undefined;
  }
  return {
    identities: parts.slice(0, start),
    header: header as Header,
    parentHeader: parentHeader as Message['parentHeader'],
    metadata: metadata!,
    content: content!,
    buffers: parts.slice(start + 6)
  };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
