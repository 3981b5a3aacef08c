import type { Condition, SimpleCondition } from '../condition';
import type { Step } from '../step';
import type { World } from '../world';
import { checkConfig, checkFile } from './files';
import { finding, met, unmet, type Finding } from './finding';
import { checkExamples, checkMatcher, checkProbe, checkSchedule, checkSkill } from './registry';
import { checkTested } from './tests';
import { checkPosted, checkSaid, matches } from './transcript';

/** How far a step is. */
export type CheckResult =
  | { passed: true }
  | {
      passed: false;
      /** The first condition that is not met. */
      unmet: string;
      facts: Readonly<Record<string, string>>;
      /** The known mistake that was made, if one was. */
      mistake?: string;
    };

/** Checks a step: it has passed, or this is the first thing that is missing. */
export async function checkStep(
  { check, mistakes }: Pick<Step, 'check' | 'mistakes'>,
  world: World
): Promise<CheckResult> {
  for (const { id, is } of check) {
    const found = await checkCondition(is, world);
    if (!found.met) {
      const mistake = await findMistake(mistakes, world);
      return {
        passed: false,
        unmet: id,
        facts: found.facts,
        ...(mistake !== undefined && { mistake })
      };
    }
  }
  return { passed: true };
}

/** Whether a condition is met. */
export async function checkCondition(condition: Condition, world: World): Promise<Finding> {
  if ('any' in condition) {
    let last = unmet();
    for (const one of condition.any) {
      last = await checkCondition(one, world);
      if (last.met) {
        return last;
      }
    }
    return last;
  }
  if ('none' in condition) {
    for (const one of condition.none) {
      if ((await checkCondition(one, world)).met) {
        return unmet();
      }
    }
    return met;
  }
  return checkSimple(condition, world);
}

async function checkSimple(condition: SimpleCondition, world: World): Promise<Finding> {
  if ('said' in condition) {
    return checkSaid(condition.said, world);
  }
  if ('posted' in condition) {
    return checkPosted(condition.posted, world);
  }
  if ('probe' in condition) {
    return checkProbe(condition.probe, world);
  }
  if ('skill' in condition) {
    return checkSkill(condition.skill, world);
  }
  if ('matcher' in condition) {
    return checkMatcher(condition.matcher, world);
  }
  if ('tested' in condition) {
    return checkTested(condition.tested, world);
  }
  if ('examples' in condition) {
    return checkExamples(condition.examples, world);
  }
  if ('schedule' in condition) {
    return checkSchedule(condition.schedule, world);
  }
  if ('config' in condition) {
    return checkConfig(condition.config, world);
  }
  if ('file' in condition) {
    return checkFile(condition.file, world);
  }
  if ('looked' in condition) {
    const { text } = condition.looked;
    return finding(world.looks.some(look => matches(text, look)));
  }
  if ('answered' in condition) {
    return finding(world.answers[condition.answered.question] !== undefined);
  }
  if ('changed' in condition) {
    const { skill, causes, error, failed = error !== undefined } = condition.changed;
    return finding(
      world.changes.some(
        change =>
          change.skill === skill &&
          change.failed === failed &&
          (error === undefined || change.error === error) &&
          (causes === undefined || causes.includes(change.cause))
      )
    );
  }
  if ('connected' in condition) {
    return finding(world.connectors.includes(condition.connected.name));
  }
  const { steps } = condition.done;
  const missing = (steps === 'earlier' ? world.earlier : steps).find(
    step => !world.done.includes(step)
  );
  return missing === undefined ? met : unmet({ step: missing });
}

async function findMistake(mistakes: Step['mistakes'], world: World): Promise<string | undefined> {
  for (const { id, when } of mistakes) {
    let isSo = true;
    for (const condition of when) {
      isSo &&= (await checkCondition(condition, world)).met;
    }
    if (isSo) {
      return id;
    }
  }
  return undefined;
}
