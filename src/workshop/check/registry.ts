import type { z } from 'zod/mini';
import { Crontab } from '../../engine';
import type { MatcherRecord, Trace } from '../../protocol';
import type { probeSchema } from '../condition';
import type { World } from '../world';
import { finding, met, unmet, type Finding } from './finding';
import { isOutcome } from './transcript';

type Probe = z.infer<typeof probeSchema>;

/** More runs of a schedule than these are not looked at. */
const MOST_RUNS = 2000;

/** Whether the bot would do with some texts what it should; the first one with which it would not. */
export async function checkProbe(probe: Probe, world: World): Promise<Finding> {
  for (const entry of probe.texts) {
    const { text, captures } = typeof entry === 'string' ? { text: entry, captures: {} } : entry;
    const trace = await world.explain(text, probe.as);
    if (!isAsWanted(probe, captures, trace)) {
      return unmet({ text, got: winnerOf(trace)?.skill ?? '', outcome: trace.outcome });
    }
  }
  return met;
}

/** Whether a skill is live in its newest version. */
export function checkSkill({ name }: { name: string }, { skills }: World): Finding {
  const record = skills.find(skill => skill.name === name);
  if (record?.state === 'live' && !record.error) {
    return met;
  }
  return unmet({ got: record?.error?.message ?? '' });
}

/** Whether a skill has a matcher such as this. */
export function checkMatcher(
  wanted: {
    skill: string;
    kind?: string | undefined;
    fields?: Record<string, unknown> | undefined;
    has?: string[] | undefined;
  },
  world: World
): Finding {
  const { kind, fields = {}, has = [] } = wanted;
  return finding(
    matchersOf(world, wanted.skill).some(
      record =>
        (kind === undefined || record.kind === kind) &&
        Object.entries(fields).every(([name, value]) => valueOf(record, name) === value) &&
        has.every(name => isFilled(valueOf(record, name)))
    )
  );
}

/** Whether every example of a skill is understood by that skill. */
export async function checkExamples(
  { skill, minimum }: { skill: string; minimum: number },
  world: World
): Promise<Finding> {
  const examples = matchersOf(world, skill).flatMap(record => record.examples ?? []);
  for (const text of examples) {
    const winner = winnerOf(await world.explain(text));
    if (winner?.skill !== skill) {
      return unmet({ text, got: winner?.skill ?? '', count: String(examples.length) });
    }
  }
  return examples.length >= minimum ? met : unmet({ text: '', count: String(examples.length) });
}

/** Whether the schedules of a skill come at exactly these times, on the wall's clock. */
export function checkSchedule(
  { skill, from, until, times }: { skill: string; from: string; until: string; times: string[] },
  world: World
): Finding {
  const found = runsBetween(matchersOf(world, skill), from, until);
  const isSame = found.length === times.length && found.every((time, i) => time === times[i]);
  return isSame ? met : unmet({ count: String(found.length), got: found.slice(0, 3).join(', ') });
}

/**
 * When the schedules of some matchers come between two moments, on the clock of the wall.
 *
 * @param from - such as `2030-01-07T00:00`.
 */
export function runsBetween(
  records: readonly MatcherRecord[],
  from: string,
  until: string
): string[] {
  // In UTC nothing shifts: what the fields say is what the wall's clock shows.
  const [start, end] = [Date.parse(`${from}Z`), Date.parse(`${until}Z`)];
  const runs = records.flatMap(record => {
    if (record.kind !== 'crontab') {
      return [];
    }
    const crontab = Crontab.parse({ schedule: record.schedule, timezone: 'UTC' });
    const found: number[] = [];
    let time = crontab.next(start - 1);
    while (time !== undefined && time < end && found.length < MOST_RUNS) {
      found.push(time);
      time = crontab.next(time);
    }
    return found;
  });
  return runs.toSorted((a, b) => a - b).map(time => new Date(time).toISOString().slice(0, 16));
}

function isAsWanted(
  { winner, not, over, outcome }: Probe,
  captures: Readonly<Record<string, string>>,
  trace: Trace
): boolean {
  const won = winnerOf(trace);
  return (
    (winner === undefined || won?.skill === winner) &&
    (not === undefined || won?.skill !== not) &&
    (over === undefined || trace.candidates.some(({ skill }) => skill === over)) &&
    (outcome === undefined || isOutcome(outcome, trace.outcome)) &&
    Object.entries(captures).every(([name, value]) =>
      won?.captures.some(capture => capture.name === name && capture.value === value)
    )
  );
}

function winnerOf({ winner, candidates }: Trace): Trace['candidates'][number] | undefined {
  return winner === undefined ? undefined : candidates[winner];
}

function matchersOf({ skills }: World, name: string): readonly MatcherRecord[] {
  return skills.find(skill => skill.name === name)?.matchers ?? [];
}

function valueOf(record: MatcherRecord, name: string): unknown {
  return (record as unknown as Record<string, unknown>)[name];
}

function isFilled(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== '';
}
