import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Bot } from '../../../src/bot/bot';
import { loadWorkshop, WorkshopKeeper } from '../../../src/bot/workshop';
import { programs } from '../../support/live-bot';

const workshop = loadWorkshop('workshop');
const { languages } = workshop;

/**
 * One learner goes through the whole workshop with a real bot, and makes every mistake that is known
 * before doing what is right.
 */
describe('every step fails before it is solved, knows its mistakes, and passes when it is solved', () => {
  let folder: string;
  let bot: Bot;
  let keeper: WorkshopKeeper;

  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'chatops-proof-')));
    process.env.CHATOPS_RUNTIME_DIR = path.join(folder, 'run');
    const workspace = path.join(folder, 'workspace');
    mkdirSync(workspace);
    mkdirSync(process.env.CHATOPS_RUNTIME_DIR);
    bot = await Bot.start({ workspace, programs, version: '1.2.3' });
    keeper = await WorkshopKeeper.begin(bot, workshop);
  });

  afterAll(async () => {
    await keeper?.close();
    await bot?.stop('the proof is over');
    rmSync(folder, { recursive: true, force: true });
  });

  for (const step of workshop.steps) {
    describe(step.id, () => {
      const first = step.first ?? step.check[0]!.id;

      test(`is not done when it begins: ${first}`, async () => {
        for (const language of languages) {
          const { current } = await keeper.state(language);
          expect(current?.id).toBe(step.id);
          expect([current?.unmet?.id, current?.mistake?.id]).toEqual([first, undefined]);
          expect(current?.unmet?.text).not.toBe('');
        }
      });

      for (const { id, do: actions, unmet, mistake } of step.attempts) {
        test(`the attempt ${id} gets its own hint`, async () => {
          await keeper.do({ do: 'reset', step: step.id });
          await keeper.perform(step.id, actions);
          const texts = new Set<string>();
          for (const language of languages) {
            const { current } = await keeper.state(language);
            expect([current?.id, current?.unmet?.id, current?.mistake?.id]).toEqual([
              step.id,
              unmet,
              mistake
            ]);
            // What was found is told, and not the name of where it should stand.
            expect(current?.unmet?.text).not.toMatch(/\{(text|got|count|step|line|outcome)\}/);
            texts.add(current!.mistake!.text);
          }
          expect(texts.size).toBe(languages.length);
        });
      }

      test('is done when it is solved', async () => {
        await keeper.do({ do: 'reset', step: step.id });
        expect((await keeper.check(step.id)).result).toMatchObject({ passed: false });
        await keeper.do({ do: 'solve', step: step.id });
        const { steps } = await keeper.state();
        expect(steps.find(({ id }) => id === step.id)).toMatchObject({ done: true, solved: true });
      });
    });
  }

  test('at least three wrong attempts are known for each step', () => {
    const few = workshop.steps.filter(({ attempts }) => attempts.length < 3);
    expect(few.map(({ id }) => id)).toEqual([]);
  });
});
