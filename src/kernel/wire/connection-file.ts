import { readFileSync } from 'node:fs';
import { chatOpsError, reasonOf } from '../../protocol';
import type { Endpoint } from '../zmtp';

/** A kernel's five sockets. */
export type ChannelName = 'shell' | 'control' | 'stdin' | 'iopub' | 'hb';

/** Where a kernel listens and how its messages are signed. */
export interface ConnectionInfo {
  /** Signs messages; empty when they are not signed. */
  key: string;
  /** The hash of the signature, such as `sha256`. */
  hash: string;
  endpoints: Record<ChannelName, Endpoint>;
}

const channels: readonly ChannelName[] = ['shell', 'control', 'stdin', 'iopub', 'hb'];

/**
 * Reads the file by which Jupyter tells a kernel where to listen.
 *
 * Source of the format: “Making kernels for Jupyter”, jupyter_client's documentation.
 *
 * @throws ChatOpsError `CHATOPS_KERNEL_CONNECTION` when it cannot be read or asks for what we do
 * not have.
 */
export function readConnectionFile(file: string): ConnectionInfo {
  try {
    return parseConnection(readFileSync(file, 'utf8'));
  } catch (error) {
    throw chatOpsError('CHATOPS_KERNEL_CONNECTION', { file, reason: reasonOf(error) });
  }
}

/** Reads the text of a connection file. */
export function parseConnection(text: string): ConnectionInfo {
  const content = JSON.parse(text) as Record<string, unknown>;
  const transport = content.transport ?? 'tcp';
  const host = String(content.ip ?? '127.0.0.1');
  const scheme = String(content.signature_scheme ?? 'hmac-sha256');
  if (!scheme.startsWith('hmac-')) {
    throw new Error(`the signature scheme ${scheme} is not known`);
  }
  if (transport !== 'tcp' && transport !== 'ipc') {
    throw new Error(`the transport ${String(transport)} is not known`);
  }
  const endpoints = {} as Record<ChannelName, Endpoint>;
  for (const channel of channels) {
    const port = Number(content[`${channel}_port`]);
    if (!Number.isInteger(port)) {
      throw new Error(`it has no ${channel}_port`);
    }
    endpoints[channel] =
      transport === 'tcp'
        ? { host: host === '*' ? '0.0.0.0' : host, port }
        : { path: `${host}-${port}` };
  }
  return { key: String(content.key ?? ''), hash: scheme.slice('hmac-'.length), endpoints };
}
