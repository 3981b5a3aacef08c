import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chatOpsError } from '../../protocol';
import { stepOf, type Step, type Workshop } from '../../workshop';
import { Bot } from '../bot';
import { FEWEST_ATTEMPTS, loadWorkshop, WorkshopProof } from '../workshop';

/** One thing that was proved about a workshop, or was not. */
export interface ProofLine {
  step: string;
  /** What was looked at, such as `begins (de)`. */
  what: string;
  /** What is wrong; empty when nothing is. */
  problems: string[];
}

/** What a workshop is proved with. */
export interface ProofOptions {
  /** The folder of the built programs. */
  programs: string;
  version: string;
  /** The steps to prove, by id; all when there are none. Others before them are solved. */
  only: readonly string[];
}

/**
 * Proves a workshop with a bot of its own in a folder that is thrown away: every step fails when it
 * begins, with the condition that is named; every attempt gets the hint that is meant for it, in every
 * language; and every solution passes.
 *
 * @throws ChatOpsError `CHATOPS_WORKSHOP_INVALID` or `CHATOPS_WORKSHOP_STEP`.
 */
export async function* proveWorkshop(
  folder: string,
  { programs, version, only }: ProofOptions
): AsyncGenerator<ProofLine> {
  const workshop = loadWorkshop(folder);
  const steps = only.length === 0 ? workshop.steps : only.map(id => stepOf(workshop, id));
  const scratch = realpathSync(mkdtempSync(path.join(tmpdir(), 'chatops-proof-')));
  const before = process.env.CHATOPS_RUNTIME_DIR;
  try {
    const workspace = path.join(scratch, 'workspace');
    process.env.CHATOPS_RUNTIME_DIR = path.join(scratch, 'run');
    [workspace, process.env.CHATOPS_RUNTIME_DIR].forEach(name => mkdirSync(name));
    const bot = await Bot.start({ workspace, programs, version });
    try {
      const proof = await WorkshopProof.begin(bot, workshop);
      try {
        for (const step of steps) {
          yield* proveStep(proof, workshop, step);
        }
      } finally {
        await proof.close();
      }
    } finally {
      await bot.stop('the proof is over');
    }
  } finally {
    if (before === undefined) {
      delete process.env.CHATOPS_RUNTIME_DIR;
    } else {
      process.env.CHATOPS_RUNTIME_DIR = before;
    }
    rmSync(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

async function* proveStep(
  proof: WorkshopProof,
  { languages }: Workshop,
  step: Step
): AsyncGenerator<ProofLine> {
  const unsolved = await proof.skipTo(step);
  if (unsolved.length > 0) {
    yield { step: step.id, what: 'the steps before it', problems: unsolved };
    return;
  }
  for (const language of languages) {
    const problems = await proof.beginning(step, language);
    yield { step: step.id, what: `begins (${language})`, problems };
  }
  for (const attempt of step.attempts) {
    const unmade = await proof.attempt(step, attempt);
    for (const language of languages) {
      const problems = unmade.length > 0 ? unmade : await proof.answer(step, attempt, language);
      yield { step: step.id, what: `attempt ${attempt.id} (${language})`, problems };
    }
  }
  if (proof.poorSteps.includes(step.id)) {
    const problems = [`${step.attempts.length} attempts are known; write down ${FEWEST_ATTEMPTS}`];
    yield { step: step.id, what: 'attempts', problems };
  }
  yield { step: step.id, what: 'solution', problems: await proof.solution(step) };
}

/**
 * Proves a workshop in sight of its author.
 *
 * @param print - called with each line.
 * @throws ChatOpsError `CHATOPS_USAGE` when something is not as it should be.
 */
export async function testWorkshop(
  folder: string,
  options: ProofOptions,
  print: (text: string) => void
): Promise<void> {
  let [proved, wrong] = [0, 0];
  for await (const { step, what, problems } of proveWorkshop(folder, options)) {
    proved++;
    wrong += problems.length > 0 ? 1 : 0;
    print(`${problems.length > 0 ? 'WRONG' : 'ok   '} ${step}: ${what}`);
    problems.forEach(problem => print(`      ${problem}`));
  }
  if (wrong > 0) {
    throw chatOpsError('CHATOPS_USAGE', {
      reason: `${wrong} of ${proved} are not as they should be`
    });
  }
  print(`${proved} are as they should be.`);
}
