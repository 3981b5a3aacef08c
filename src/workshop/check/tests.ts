import type { World } from '../world';
import { met, unmet, type Finding } from './finding';

/** Whether a file of tests passes, or fails when it should. */
export async function checkTested(
  wanted: {
    path: string;
    minimum?: number | undefined;
    instead?: Record<string, string> | undefined;
    fails?: boolean | undefined;
  },
  world: World
): Promise<Finding> {
  const { path, minimum = 1, instead = {}, fails = false } = wanted;
  if ((await world.file(path)) === undefined) {
    return unmet();
  }
  const { passed, failed, problem = '' } = await world.test(path, instead);
  const isRun = passed + failed >= minimum;
  return isRun && failed > 0 === fails && (fails || problem === '')
    ? met
    : unmet({ got: problem, count: String(passed + failed) });
}
