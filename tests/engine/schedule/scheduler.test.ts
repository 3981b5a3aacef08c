import { describe, expect, test } from 'vitest';
import { ProcessMemory, Scheduler, SkillRegistry, type Skill } from '../../../src/engine';
import { EngineHarness } from '../../support/engine';
import { HandClock } from '../../support/hand-clock';
import { record, respond, saying, skill } from '../../support/skills';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A skill with a schedule. */
function scheduled(schedule: string): Skill {
  return skill('tick', [record('crontab', { schedule })], saying('tick'));
}

async function started(...skills: Skill[]): Promise<EngineHarness> {
  const harness = new EngineHarness(skills);
  await harness.engine.scheduler.start();
  return harness;
}

describe('a schedule', () => {
  test('runs its skill at its times, which speaks where the bot does by default', async () => {
    const harness = await started(scheduled('0 * * * *'));
    await harness.clock.advance(HOUR - 1);
    expect(harness.texts).toEqual([]);
    await harness.clock.advance(1);
    expect(harness.connector.delivered).toMatchObject([
      { text: 'tick', room: 'lobby', skill: 'tick' }
    ]);
    await harness.clock.advance(3 * HOUR);
    expect(harness.texts).toHaveLength(4);
  });

  test('is one of its own zone, or else of the configuration', async () => {
    const harness = new EngineHarness(
      [
        skill(
          'tokyo',
          [record('crontab', { schedule: '0 9 * * *', timezone: 'Asia/Tokyo' })],
          saying('tokyo')
        ),
        skill('here', [record('crontab', { schedule: '0 9 * * *' })], saying('here'))
      ],
      { timezone: 'Europe/London' }
    );
    await harness.engine.scheduler.start();
    const { scheduler } = harness.engine;
    expect(
      scheduler.upcoming().map(({ matcher, time }) => [matcher.skill, new Date(time).getUTCHours()])
    ).toEqual([
      ['here', 9],
      ['tokyo', 0]
    ]);
    harness.engine.configure({
      roles: {},
      timezone: 'America/New_York',
      language: 'en',
      minScores: new Map()
    });
    expect(scheduler.upcoming().map(({ time }) => new Date(time).getUTCHours())).toEqual([14, 0]);
  });

  test('comes and goes with its skill, whatever the version', async () => {
    const harness = await started();
    const { registry, clock } = harness;
    registry.announce({ cause: 'cell', changes: [registry.put(scheduled('*/5 * * * *'))] });
    await clock.advance(5 * MINUTE);
    expect(harness.texts).toEqual(['tick']);
    registry.announce({ cause: 'cell', changes: [registry.put(scheduled('*/2 * * * *'))] });
    await clock.advance(4 * MINUTE);
    expect(harness.texts).toHaveLength(3);
    registry.announce({ cause: 'cell', changes: [registry.remove('tick')] });
    await clock.advance(HOUR);
    expect(harness.texts).toHaveLength(3);
    expect(clock.pending).toBe(0);
  });

  test('is run once at a time: what overlaps is left out, and said', async () => {
    let end: () => void = () => undefined;
    let runs = 0;
    const harness = await started(
      skill('slow', [record('crontab', { schedule: '* * * * *' })], () => {
        runs++;
        return new Promise<void>(resolve => (end = resolve));
      })
    );
    await harness.clock.advance(3 * MINUTE);
    expect(runs).toBe(1);
    expect(harness.troubles.map(({ code }) => code)).toEqual([
      'CHATOPS_SCHEDULE_OVERLAP',
      'CHATOPS_SCHEDULE_OVERLAP'
    ]);
    end();
    await harness.clock.advance(MINUTE);
    expect(runs).toBe(2);
  });

  test('that fails is told of where the bot tells of itself, and the next one runs', async () => {
    let count = 0;
    const harness = await started(
      skill('boom', [record('crontab', { schedule: '* * * * *' })], (invocation, context) => {
        if (++count === 1) {
          throw new Error('no fuse');
        }
        return respond(invocation, context, 'better');
      }),
      skill('other', [record('crontab', { id: 'o', schedule: '* * * * *' })], saying('other'))
    );
    await harness.clock.advance(MINUTE);
    const [failure] = harness.connector.delivered.filter(({ notice }) => notice === 'error');
    expect(failure).toMatchObject({ room: 'lobby', skill: 'boom' });
    expect(harness.texts).toContain('other');
    await harness.clock.advance(MINUTE);
    expect(harness.texts.slice(2).toSorted()).toEqual(['better', 'other']);
  });

  test('leaves a trace, like everything that happens', async () => {
    const harness = await started(scheduled('* * * * *'));
    await harness.clock.advance(MINUTE);
    await harness.engine.whenIdle();
    expect(harness.engine.trace(1)).toMatchObject({
      room: '',
      outcome: 'answered',
      run: { skill: 'tick', replies: [2] }
    });
  });

  test('ends with the engine', async () => {
    const harness = await started(scheduled('* * * * *'));
    harness.engine.stop();
    await harness.clock.advance(HOUR);
    expect(harness.texts).toEqual([]);
  });
});

describe('times that went by', () => {
  /** A scheduler that an earlier process of has left something behind. */
  async function after(sleep: number, schedule = '0 * * * *') {
    const clock = new HandClock();
    const registry = new SkillRegistry(clock.now);
    registry.put(scheduled(schedule));
    const memory = new ProcessMemory(clock);
    const kept = {
      read: async () => {
        const stored = await memory.get('s', 'until');
        return stored && Number(stored.value);
      },
      write: async (time: number) => void (await memory.put('s', 'until', String(time)))
    };
    const first = new Scheduler(registry, clock, kept);
    await first.start();
    first.stop();
    await clock.advance(sleep);
    const missed: { count: number; since: string }[] = [];
    const second = new Scheduler(registry, clock, kept);
    let due = 0;
    second.due.on(() => due++);
    second.missed.on(({ count, since }) =>
      missed.push({ count, since: new Date(since).toISOString() })
    );
    await second.start();
    return { missed, due: () => due, clock };
  }

  test('while the bot was not there are reported, and not made up for', async () => {
    const { missed, due } = await after(5 * HOUR + MINUTE);
    expect(missed).toEqual([{ count: 5, since: '2026-01-01T01:00:00.000Z' }]);
    expect(due()).toBe(0);
  });

  test('are not reported when there were none, and not for ever', async () => {
    expect((await after(30 * MINUTE)).missed).toEqual([]);
    expect((await after(30 * 24 * HOUR, '* * * * *')).missed).toMatchObject([{ count: 1000 }]);
  });

  test('while the machine slept are reported when it wakes', async () => {
    const harness = await started(scheduled('*/10 * * * *'));
    await harness.clock.advance(5 * MINUTE);
    // A timer of a machine that slept fires late: all its time has passed at once.
    harness.clock.sleep(HOUR + 2 * MINUTE);
    await harness.clock.advance(MINUTE);
    expect(harness.troubles).toMatchObject([
      {
        code: 'CHATOPS_SCHEDULE_MISSED',
        message: expect.stringContaining('missed 6 scheduled runs')
      }
    ]);
  });
});
