import { createServer, type Server } from 'node:http';
import { existsSync, mkdirSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { EndpointPlace, type Identity } from '../../../src/bot/server';
import { isolateEndpoints } from '../../support/live-bot';
import { temporaryFolder } from '../../support/temporary-folder';

beforeEach(isolateEndpoints);

function server(identity: Identity): Server {
  const made = createServer((_, response) => response.end(JSON.stringify(identity)));
  onTestFinished(() => void made.close());
  return made;
}

function identityIn(workspace: string): Identity {
  return { workspace, pid: process.pid, version: '1', managed: true };
}

test('who claims a workspace is found there by everyone', async () => {
  const workspace = temporaryFolder();
  const identity = identityIn(workspace);
  const endpoint = await new EndpointPlace(workspace).claim(server(identity), identity);
  expect(await new EndpointPlace(workspace).find()).toEqual(endpoint);
  expect(endpoint).toMatchObject(identity);
  const link = path.join(temporaryFolder(), 'link');
  symlinkSync(workspace, link);
  expect(await new EndpointPlace(link).find()).toEqual(endpoint);
  expect(await new EndpointPlace(temporaryFolder()).find()).toBeUndefined();
});

test('of many that claim at once, one gets it', async () => {
  const workspace = temporaryFolder();
  const identity = identityIn(workspace);
  const results = await Promise.allSettled(
    Array.from({ length: 8 }, () => new EndpointPlace(workspace).claim(server(identity), identity))
  );
  const refused = results.flatMap(result =>
    result.status === 'rejected' ? [result.reason as { code: string }] : []
  );
  expect(refused).toHaveLength(7);
  expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['CHATOPS_SOCKET_IN_USE']));
});

test('the socket of a bot that was killed is taken over', async () => {
  const workspace = temporaryFolder();
  const identity = identityIn(workspace);
  const dead = server(identity);
  const { socket } = await new EndpointPlace(workspace).claim(dead, identity);
  await new Promise(resolve => dead.close(resolve));
  // A killed process leaves the file that a tidy one takes away.
  writeFileSync(socket!, '');
  expect(await new EndpointPlace(workspace).find()).toBeUndefined();
  await new EndpointPlace(workspace).claim(server(identity), identity);
  expect(await new EndpointPlace(workspace).find()).toMatchObject(identity);
});

test('a lock that a killed process left does not stop anyone for ever', async () => {
  const workspace = temporaryFolder();
  const identity = identityIn(workspace);
  const place = new EndpointPlace(workspace);
  const lock = place.startLog.replace(/\.log$/, '.lock');
  mkdirSync(lock);
  utimesSync(lock, 0, 0);
  await place.claim(server(identity), identity);
  expect(existsSync(lock)).toBe(false);
});

test('only its user can reach the socket', async () => {
  const workspace = temporaryFolder();
  const identity = identityIn(workspace);
  const { socket } = await new EndpointPlace(workspace).claim(server(identity), identity);
  expect(statSync(socket!).mode & 0o077).toBe(0);
  expect(statSync(path.dirname(socket!)).mode & 0o077).toBe(0);
});

test('a folder that others can look into is not used', () => {
  const shared = path.join(process.env.CHATOPS_RUNTIME_DIR!, 'chatops');
  mkdirSync(shared, { mode: 0o777 });
  expect(() => new EndpointPlace(temporaryFolder())).toThrow(/others can look into the folder/);
});

test('where there are no socket files, a port and a token take their place', async () => {
  const workspace = temporaryFolder();
  const identity = identityIn(workspace);
  const endpoint = await new EndpointPlace(workspace, 'win32').claim(server(identity), identity);
  expect(endpoint).toMatchObject({ host: '127.0.0.1', port: expect.any(Number) });
  expect(endpoint.token!.length).toBeGreaterThanOrEqual(32);
  expect(await new EndpointPlace(workspace, 'win32').find()).toEqual(endpoint);
});
