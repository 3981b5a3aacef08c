import path from 'node:path';
import { expect, test } from 'vitest';
import { parseConnection, readConnectionFile } from '../../../src/kernel/wire';
import type { ChatOpsError } from '../../../src/protocol';
import { temporaryFolder } from '../../support/temporary-folder';

const ports = { shell_port: 1, control_port: 2, stdin_port: 3, iopub_port: 4, hb_port: 5 };

test('over TCP', () => {
  const text = JSON.stringify({
    ...ports,
    ip: '127.0.0.1',
    transport: 'tcp',
    key: 'k',
    signature_scheme: 'hmac-sha256'
  });
  const { key, hash, endpoints } = parseConnection(text);
  expect([key, hash]).toEqual(['k', 'sha256']);
  expect(endpoints.shell).toEqual({ host: '127.0.0.1', port: 1 });
  expect(endpoints.hb).toEqual({ host: '127.0.0.1', port: 5 });
});

test('over socket files', () => {
  const text = JSON.stringify({ ...ports, ip: '/run/kernel-1-ipc', transport: 'ipc', key: '' });
  expect(parseConnection(text).endpoints.iopub).toEqual({ path: '/run/kernel-1-ipc-4' });
});

test.each([
  ['is no JSON', 'nonsense', 'is not valid JSON'],
  ['lacks a port', JSON.stringify({ ...ports, hb_port: undefined }), 'it has no hb_port'],
  ['names a transport of its own', JSON.stringify({ ...ports, transport: 'pgm' }), 'transport pgm'],
  ['names a scheme of its own', JSON.stringify({ ...ports, signature_scheme: 'rsa' }), 'scheme rsa']
])('a file that %s is refused with the reason', (_, text, reason) => {
  const file = path.join(temporaryFolder({ 'connection.json': text }), 'connection.json');
  try {
    readConnectionFile(file);
  } catch (error) {
    const { code, message } = (error as ChatOpsError).record;
    expect(code).toBe('CHATOPS_KERNEL_CONNECTION');
    expect(message).toContain(reason);
    return;
  }
  throw new Error('it was taken');
});
