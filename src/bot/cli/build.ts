import { toErrorRecord, type ErrorRecord } from '../../protocol';
import type { Progress } from '../skills';
import { DryBot } from '../dry-bot';
import { programs, version } from './program';

/** What came of building a workspace. */
export interface BuildReport {
  /** The skills that are there and load, in the order of the configuration. */
  ready: string[];
  /** What keeps others from it. */
  errors: ErrorRecord[];
}

/**
 * Does everything that the first start of a bot would have to wait for: fetches its skills with the
 * packages they need, pins them, and loads each of them once. No connector is connected.
 *
 * @param workspace - the bot's folder, as an absolute path.
 * @param file - its configuration, as an absolute path.
 * @param tell - told what takes time.
 */
export async function buildWorkspace(
  workspace: string,
  file: string,
  tell: Progress
): Promise<BuildReport> {
  let bot: DryBot;
  try {
    bot = await DryBot.open({ workspace, configuration: file, programs, version, tell });
  } catch (error) {
    return { ready: [], errors: [toErrorRecord(error)] };
  }
  try {
    const failed = bot.skills.flatMap(({ error }) => error ?? []);
    return {
      ready: bot.skills.flatMap(({ name, state }) => (state === 'live' ? name : [])),
      errors: [...bot.problems, ...failed]
    };
  } finally {
    await bot.close();
  }
}
