import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Bot } from '../../../src/bot/bot';
import { loadWorkshop, WorkshopProof } from '../../../src/bot/workshop';
import { programs } from '../../support/live-bot';

// Steps on testing run files of tests, each in a process of its own, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const workshop = loadWorkshop('workshop');
const { languages } = workshop;

/**
 * One learner goes through the whole workshop with a real bot, and makes every mistake that is known
 * before doing what is right.
 */
describe('every step fails before it is solved, knows its mistakes, and passes when it is solved', () => {
  let folder: string;
  let bot: Bot;
  let proof: WorkshopProof;

  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'chatops-proof-')));
    process.env.CHATOPS_RUNTIME_DIR = path.join(folder, 'run');
    const workspace = path.join(folder, 'workspace');
    mkdirSync(workspace);
    mkdirSync(process.env.CHATOPS_RUNTIME_DIR);
    bot = await Bot.start({ workspace, programs, version: '1.2.3' });
    proof = await WorkshopProof.begin(bot, workshop);
  });

  afterAll(async () => {
    await proof?.close();
    await bot?.stop('the proof is over');
    rmSync(folder, { recursive: true, force: true });
  });

  for (const step of workshop.steps) {
    describe(step.id, () => {
      const first = step.first ?? step.check[0]!.id;

      for (const language of languages) {
        test(`is not done when it begins, in ${language}: ${first}`, async () => {
          expect(await proof.beginning(step, language)).toEqual([]);
        });
      }

      for (const attempt of step.attempts) {
        describe(`the attempt ${attempt.id}`, () => {
          beforeAll(async () => {
            expect(await proof.attempt(step, attempt)).toEqual([]);
          });

          for (const language of languages) {
            test(`gets its own hint, in ${language}`, async () => {
              expect(await proof.answer(step, attempt, language)).toEqual([]);
            });
          }
        });
      }

      test('is done when it is solved', async () => {
        expect(await proof.solution(step)).toEqual([]);
      });
    });
  }

  test('at least three wrong attempts are known for each step', () => {
    expect(proof.poorSteps).toEqual([]);
  });
});

test('no two languages say the same about a mistake', () => {
  for (const { id, mistakes, words } of workshop.steps) {
    for (const mistake of mistakes) {
      const texts = languages.map(language => words[language]!.mistakes[mistake.id]);
      expect(new Set(texts).size, `${id}: ${mistake.id}`).toBe(languages.length);
    }
  }
});
