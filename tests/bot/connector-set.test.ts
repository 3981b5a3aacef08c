import { describe, expect, test } from 'vitest';
import { Configuration } from '../../src/bot/config';
import { ConnectorSet } from '../../src/bot/connector-set';
import type { ConnectorKind } from '../../src/bot/connectors/connector-kinds';
import { WebServer } from '../../src/bot/web';
import type { Connector } from '../../src/engine';
import { chatOpsError, type ErrorCode } from '../../src/protocol';
import { EngineHarness } from '../support/engine';
import { HandClock } from '../support/hand-clock';

const UNREACHABLE = 'CHATOPS_CONNECTOR_UNREACHABLE';
const FAILED = 'CHATOPS_CONNECTOR_FAILED';

/** A set whose one connector, `far`, fails as the test says. */
function scene() {
  const clock = new HandClock();
  const failures: ErrorCode[] = [];
  const state = { attempts: 0, connected: 0, disconnected: 0, changes: 0 };
  let gate = Promise.resolve();
  const kind: ConnectorKind = {
    needsWeb: false,
    create: (): Connector => ({
      name: 'far',
      noticeRooms: [],
      connect: async () => {
        state.attempts++;
        await gate;
        const code = failures.shift();
        if (code !== undefined) {
          throw chatOpsError(code as typeof FAILED, { name: 'far', reason: 'nobody is there' });
        }
        state.connected++;
      },
      disconnect: async () => void state.disconnected++,
      deliver: () => undefined
    })
  };
  const { engine } = new EngineHarness([]);
  const set = new ConnectorSet(engine, new Map([['far', kind]]), new WebServer(() => undefined), {
    clock,
    random: () => 0.99,
    onChanged: () => void state.changes++
  });
  const configure = (text: string): Promise<void> =>
    set.configure(Configuration.parse(text, 'c.yaml', {}), '/', false);
  return {
    clock,
    failures,
    state,
    set,
    configure,
    hold: (): (() => void) => {
      let open = (): void => undefined;
      gate = new Promise(resolve => (open = resolve));
      return open;
    },
    codes: () => set.problems.map(({ code }) => code)
  };
}

const FAR = 'connectors:\n  far: {}\n';

describe('a connector that does not reach its service', () => {
  test('tries again by itself, and is there when it does', async () => {
    const { clock, failures, state, set, configure, codes } = scene();
    failures.push(UNREACHABLE, UNREACHABLE, UNREACHABLE);
    await configure(FAR);
    expect(codes()).toEqual([UNREACHABLE]);
    expect(set.problems[0]!.where).toMatchObject({ file: 'c.yaml', line: 2 });
    await clock.advance(60_000);
    expect(set.names).toEqual(['far']);
    expect(codes()).toEqual([]);
    expect(state).toMatchObject({ attempts: 4, connected: 1, changes: 3 });
    await clock.advance(600_000);
    expect(state.attempts).toBe(4);
  });

  test('waits longer each time, and never more than a minute', async () => {
    const { clock, failures, state, configure } = scene();
    failures.push(...Array.from({ length: 50 }, (): ErrorCode => UNREACHABLE));
    await configure(FAR);
    await clock.advance(60 * 60_000);
    expect(failures).toEqual([]);
    expect(state).toMatchObject({ connected: 1 });
  });

  test('stops trying when something else is wrong', async () => {
    const { clock, failures, state, configure, codes } = scene();
    failures.push(UNREACHABLE, FAILED);
    await configure(FAR);
    await clock.advance(600_000);
    expect(codes()).toEqual([FAILED]);
    expect(state.attempts).toBe(2);
  });

  test('is given up with its section, and when the bot stops', async () => {
    const { clock, failures, state, set, configure, codes } = scene();
    failures.push(UNREACHABLE);
    await configure(FAR);
    await configure('connectors: {}\n');
    expect(codes()).toEqual([]);
    failures.push(UNREACHABLE);
    await configure(FAR);
    await set.close();
    await clock.advance(600_000);
    expect(state.attempts).toBe(2);
    expect(clock.pending).toBe(0);
  });

  test('leaves again when it is not wanted any more by the time it is connected', async () => {
    const { clock, failures, state, set, configure, hold } = scene();
    failures.push(UNREACHABLE);
    await configure(FAR);
    const open = hold();
    await clock.advance(10_000);
    expect(state.attempts).toBe(2);
    await set.close();
    open();
    await clock.advance(0);
    expect(state).toMatchObject({ connected: 1, disconnected: 1 });
    expect(set.names).toEqual([]);
  });
});

test('what is wrong with a connector otherwise is told, and not tried again', async () => {
  const { clock, failures, state, configure, codes } = scene();
  failures.push(FAILED);
  await configure(FAR);
  await clock.advance(600_000);
  expect(codes()).toEqual([FAILED]);
  expect(state.attempts).toBe(1);
});
