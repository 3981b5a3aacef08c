import { decodeCommand, encodeCommand, FrameError } from './frame';

/** The kinds of ZeroMQ sockets that meet on a Jupyter kernel's channels. */
export type SocketType = 'ROUTER' | 'DEALER' | 'REQ' | 'REP' | 'PUB' | 'SUB' | 'XPUB' | 'XSUB';

/** What the other end says about itself. */
export interface PeerMetadata {
  type: string;
  /** The name it wants to be addressed by; empty when it has none. */
  identity: Buffer;
}

/** The length of a greeting, in bytes. */
export const GREETING_LENGTH = 64;

const MECHANISM = 'NULL';

/** With whom each kind of socket may talk. Source: the ZMTP 3.0 specification, “Socket Semantics”. */
const partners: Record<SocketType, readonly string[]> = {
  ROUTER: ['DEALER', 'REQ', 'ROUTER'],
  DEALER: ['ROUTER', 'REP', 'DEALER'],
  REQ: ['REP', 'ROUTER'],
  REP: ['REQ', 'DEALER'],
  PUB: ['SUB', 'XSUB'],
  SUB: ['PUB', 'XPUB'],
  XPUB: ['SUB', 'XSUB'],
  XSUB: ['PUB', 'XPUB']
};

/** The first bytes each end sends: ZMTP 3.0 with the mechanism `NULL`. */
export function encodeGreeting(): Buffer {
  const greeting = Buffer.alloc(GREETING_LENGTH);
  greeting[0] = 0xff;
  greeting[8] = 0x01;
  greeting[9] = 0x7f;
  greeting[10] = 3;
  greeting.write(MECHANISM, 12, 'latin1');
  return greeting;
}

/**
 * Checks that the other end speaks what we speak.
 *
 * @throws FrameError when it does not.
 */
export function checkGreeting(greeting: Buffer): void {
  if (greeting[0] !== 0xff || (greeting[9]! & 1) === 0) {
    throw new FrameError('not a ZMTP greeting');
  }
  if (greeting[10]! < 3) {
    throw new FrameError(`ZMTP ${greeting[10]} is too old`);
  }
  const mechanism = greeting.toString('latin1', 12, 32).replace(/\0+$/, '');
  if (mechanism !== MECHANISM) {
    throw new FrameError(`the mechanism ${mechanism} is not offered`);
  }
}

/** The command that ends our side of the handshake. */
export function encodeReady(type: SocketType, identity: Uint8Array = Buffer.alloc(0)): Buffer {
  const properties = [property('Socket-Type', Buffer.from(type, 'latin1'))];
  if (type === 'ROUTER' || type === 'DEALER' || type === 'REQ') {
    properties.push(property('Identity', identity));
  }
  return encodeCommand('READY', Buffer.concat(properties));
}

/**
 * Reads the command that ends the other end's side of the handshake.
 *
 * @param type - our own kind of socket.
 * @throws FrameError when it is no `READY`, is malformed, or of a kind that we do not talk with.
 */
export function decodeReady(body: Buffer, type: SocketType): PeerMetadata {
  const { name, data } = decodeCommand(body);
  if (name === 'ERROR') {
    throw new FrameError(`refused: ${data.toString('latin1', 1)}`);
  }
  if (name !== 'READY') {
    throw new FrameError(`expected READY, not ${name}`);
  }
  const metadata: PeerMetadata = { type: '', identity: Buffer.alloc(0) };
  let offset = 0;
  while (offset < data.length) {
    const nameEnd = offset + 1 + data[offset]!;
    if (nameEnd + 4 > data.length) {
      throw new FrameError('a property without a value');
    }
    const property = data.toString('latin1', offset + 1, nameEnd).toLowerCase();
    const end = nameEnd + 4 + data.readUInt32BE(nameEnd);
    if (end > data.length) {
      throw new FrameError('a property longer than its command');
    }
    const value = data.subarray(nameEnd + 4, end);
    if (property === 'socket-type') {
      metadata.type = value.toString('latin1');
    } else if (property === 'identity') {
      // A copy: the command's bytes may be part of a much larger chunk.
      metadata.identity = Buffer.from(value);
    }
    offset = end;
  }
  if (!partners[type].includes(metadata.type)) {
    throw new FrameError(`${type} does not talk with ${metadata.type || 'a socket of no type'}`);
  }
  return metadata;
}

/** The command by which a handshake is refused. */
export function encodeError(reason: string): Buffer {
  const words = Buffer.from(reason.slice(0, 255), 'latin1');
  return encodeCommand('ERROR', Buffer.concat([Buffer.from([words.length]), words]));
}

function property(name: string, value: Uint8Array): Buffer {
  const length = Buffer.allocUnsafe(4);
  length.writeUInt32BE(value.length);
  return Buffer.concat([Buffer.from([name.length]), Buffer.from(name, 'latin1'), length, value]);
}
