import { createServer, type AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { RuntimeHarness } from '../../support/runtime';

/** A server that counts who is connected. */
async function listener() {
  let open = 0;
  let opened = 0;
  const server = createServer(socket => {
    open++;
    opened++;
    socket.on('error', () => undefined).resume();
    socket.on('close', () => open--);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => ({ open, opened })
  };
}

/** Loads a skill that starts something, waits until it has, and takes it out of use. */
async function startAndReplace(
  setup: string,
  config: Record<string, unknown>,
  hasStarted: () => boolean | Promise<boolean>
) {
  const harness = RuntimeHarness.start();
  const old = await harness.loaded(
    `${setup}\nexport const a = matchRegex(/./, m => m.respond('old'));`,
    { config }
  );
  await vi.waitFor(async () => expect(await hasStarted()).toBe(true), 5000);
  await harness.loaded(`export const a = matchRegex(/./, m => m.respond('new'));`);
  harness.runtime.retire(old.load);
  return harness;
}

async function answers(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/`)).ok;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}

test('a server that a version opened is closed with it', async () => {
  const port = await freePort();
  await startAndReplace(
    `import { createServer } from 'node:http';
export function setup(bot, config) {
  createServer((request, response) => response.end('here')).listen(config.port, '127.0.0.1');
}`,
    { port },
    () => answers(port)
  );
  await vi.waitFor(async () => expect(await answers(port)).toBe(false), 5000);
});

test.each([
  [
    'a connection',
    `import { connect } from 'node:net';
export function setup(bot, config) { connect(config.port, '127.0.0.1').on('error', () => {}); }`
  ],
  [
    'a request',
    `import { get } from 'node:http';
export function setup(bot, config) { get({ port: config.port, host: '127.0.0.1' }).on('error', () => {}); }`
  ],
  [
    'a fetch',
    `export function setup(bot, config) { fetch('http://127.0.0.1:' + config.port).catch(() => {}); }`
  ]
])('%s that a version opened ends with it', async (_, setup) => {
  const { port, connections } = await listener();
  await startAndReplace(setup, { port }, () => connections().open > 0);
  await vi.waitFor(() => expect(connections().open).toBe(0), 5000);
});

test.each([
  ['an interval', `setInterval(() => bot.send('tick'), 5);`],
  [
    "an interval of Node's module",
    `import('node:timers').then(timers => timers.setInterval(() => bot.send('tick'), 5));`
  ],
  [
    'a loop that sleeps',
    `import('node:timers/promises').then(async timers => { for (;;) { await timers.setTimeout(5); await bot.send('tick'); } });`
  ],
  [
    'a listener on the process',
    `process.on('tick', () => bot.send('tick')); setInterval(() => process.emit('tick'), 5);`
  ]
])('%s that a version started ends with it', async (_, code) => {
  const harness = RuntimeHarness.start();
  const old = await harness.loaded(
    `export function setup(bot) { ${code} }\nexport const a = matchRegex(/./, () => {});`
  );
  await harness.until(() => harness.late.length > 1);
  const fresh = await harness.loaded(
    `export const a = matchRegex(/./, async m => {
  process.emit('tick');
  await new Promise(resolve => setTimeout(resolve, 30));
  await m.respond('done');
});`
  );
  harness.runtime.retire(old.load);
  await harness.run(fresh);
  const count = harness.late.length;
  await harness.run(fresh);
  expect(harness.late.length).toBe(count);
});

test("what listens to the process sees no other version's listeners", async () => {
  const harness = RuntimeHarness.start();
  const source = `export function setup() { process.on('warning', () => {}); }
export const a = matchRegex(/./, m => m.respond(String(process.listenerCount('warning'))));`;
  let previous = await harness.loaded(source);
  for (let i = 0; i < 5; i++) {
    const next = await harness.loaded(source);
    harness.runtime.retire(previous.load);
    previous = next;
  }
  expect((await harness.run(previous)).replies).toEqual(['1']);
});

test('timers wait as a promise, and can be called off', async () => {
  const harness = RuntimeHarness.start();
  const skill = await harness.loaded(`
import { promisify } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
export const a = matchRegex(/./, async m => {
  const value = await sleep(1, 'slept');
  await promisify(setTimeout)(1);
  const off = new AbortController();
  const never = sleep(60_000, undefined, { signal: off.signal });
  off.abort();
  await m.respond(value + ' ' + (await never.catch(error => error.name)));
});`);
  expect((await harness.run(skill)).replies).toEqual(['slept AbortError']);
});
