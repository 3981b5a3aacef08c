import * as fc from 'fast-check';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { SkillChange } from '../../src/protocol';
import { isolateEndpoints, RawClient, startBot } from '../support/live-bot';
import { amount } from '../support/soak';

beforeEach(isolateEndpoints);

const SKILLS = ['a', 'b', 'c'] as const;
type Name = (typeof SKILLS)[number];

/** Ways to break a file so that it would not load. */
const BREAKAGES = {
  syntax: 'export const x = ;',
  import: "import './nothing-of-that-name';",
  throw: "throw new Error('at the top');",
  empty: 'export const x = 1;'
} as const;

/** What one skill is supposed to be. */
interface SkillModel {
  /** The number in the file that is live. */
  live: number;
  /** The number in the file as it is now, or how it is broken. */
  file: number | keyof typeof BREAKAGES;
  /** The helper that is live with it. */
  helper: number;
  /** What it keeps: how often it answered since it was loaded; only the skill `b` does. */
  count: number;
  held: boolean;
}

/** The reference that the bot is held against. */
interface Model {
  skills: Record<Name, SkillModel>;
  /** The helper's file, which `a` and `b` import. */
  helper: number | 'syntax';
  next: number;
  /** Runs that wait, each with the answer it must give. */
  waiting: string[];
  failures: number;
}

/** Skill `b` keeps a count in a variable; `c` imports nothing. */
function source(name: Name, number: number): string {
  const counts = name === 'b';
  return `import { matchRegex } from 'chatops';
${name === 'c' ? 'const helper = 0;' : "import { helper } from '../helper';"}
${counts ? 'let count = 0;' : ''}
const text = () => '${name}${number} h' + helper${counts ? " + ' n' + ++count" : ''};
export const main = matchRegex(/^${name}$/, m => m.respond(text()));
export const slow = matchRegex(/^${name} slow$/, async m => {
  const answer = text();
  await m.ask('go on?');
  await m.respond(answer);
});
export const fail = matchRegex(/^${name} fail$/, () => { throw new Error('${name}${number}'); });
`;
}

/** The bot, driven through its websocket and its files. */
class Real {
  constructor(
    readonly client: RawClient,
    private readonly folder: string
  ) {}

  write(file: string, text: string): void {
    mkdirSync(path.dirname(path.join(this.folder, file)), { recursive: true });
    writeFileSync(path.join(this.folder, file), text);
  }

  delete(file: string): void {
    rmSync(path.join(this.folder, file), { force: true });
  }

  async reload(): Promise<Map<string, SkillChange>> {
    const id = `r${Math.random()}`;
    this.client.send({ type: 'skill.reload', id });
    const { changes } = await this.client.next('skill.reloaded', frame => frame.re === id);
    return new Map(changes.map(change => [change.skill, change]));
  }

  async hold(name: Name, isHeld: boolean): Promise<void> {
    const id = `h${Math.random()}`;
    this.client.send({ type: isHeld ? 'skill.hold' : 'skill.release', id, name });
    await this.client.next(isHeld ? 'skill.held' : 'skill.released', frame => frame.re === id);
  }
}

type Command = fc.AsyncCommand<Model, Real>;

function command(
  words: string,
  run: (model: Model, real: Real) => Promise<void>,
  check: (model: Readonly<Model>) => boolean = () => true
): Command {
  return { check, run, toString: () => words };
}

function expected(model: Model, name: Name): string {
  const skill = model.skills[name];
  if (name !== 'b') {
    return `${name}${skill.live} h${skill.helper}`;
  }
  skill.count++;
  return `b${skill.live} h${skill.helper} n${skill.count}`;
}

/** What a reload must do to a skill, told by the kind of its change. */
function reloaded(model: Model, name: Name): SkillChange['kind'] {
  const skill = model.skills[name];
  const usesHelper = name !== 'c';
  const wanted = usesHelper ? model.helper : 0;
  if (typeof skill.file !== 'number' || typeof wanted !== 'number') {
    return 'failed';
  }
  if (skill.file === skill.live && wanted === skill.helper) {
    return 'unchanged';
  }
  Object.assign(skill, { live: skill.file, helper: wanted, count: 0, held: false });
  return 'changed';
}

const commands: fc.Arbitrary<Command>[] = [
  fc.constantFrom(...SKILLS).map(name =>
    command(`edit ${name}`, async (model, real) => {
      model.skills[name].file = model.next++;
      real.write(`skills/${name}/index.ts`, source(name, model.skills[name].file as number));
    })
  ),
  fc
    .tuple(
      fc.constantFrom(...SKILLS),
      fc.constantFrom(...(Object.keys(BREAKAGES) as (keyof typeof BREAKAGES)[]))
    )
    .map(([name, breakage]) =>
      command(`break ${name} by ${breakage}`, async (model, real) => {
        model.skills[name].file = breakage;
        real.write(`skills/${name}/index.ts`, BREAKAGES[breakage]);
      })
    ),
  fc.constant(
    command('edit helper', async (model, real) => {
      model.helper = model.next++;
      real.write('skills/helper.ts', `export const helper = ${model.helper};`);
    })
  ),
  fc.constant(
    command('break helper', async (model, real) => {
      model.helper = 'syntax';
      real.write('skills/helper.ts', 'export const helper = ;');
    })
  ),
  fc.constant(
    command('reload', async (model, real) => {
      // What failed before and is as it was is told as unchanged.
      const changes = await real.reload();
      for (const name of SKILLS) {
        const kind = reloaded(model, name);
        expect([kind, 'unchanged'], name).toContain(changes.get(name)!.kind);
        if (kind === 'changed') {
          expect(changes.get(name)!.kind, name).toBe('changed');
        }
      }
    })
  ),
  fc.constantFrom(...SKILLS).map(name =>
    command(`say ${name}`, async (model, real) => {
      const answers = await real.client.ask(name);
      if (model.skills[name].held) {
        expect(answers.join()).toContain('is on hold');
      } else {
        expect(answers).toEqual([expected(model, name)]);
      }
    })
  ),
  fc.constantFrom(...SKILLS).map(name =>
    command(
      `fail ${name}`,
      async (model, real) => {
        const [answer] = await real.client.ask(`${name} fail`);
        const { held, live } = model.skills[name];
        expect(answer).toContain(held ? 'is on hold' : `failed: ${name}${live}`);
        model.failures++;
      },
      // More in a row would put it on hold.
      ({ failures }) => failures < 9
    )
  ),
  fc.constantFrom(...SKILLS).map(name =>
    command(
      `begin slow ${name}`,
      async (model, real) => {
        const number = model.waiting.length;
        model.waiting.push(expected(model, name));
        const room = `slow${number}`;
        const id = `s${number}`;
        real.client.send({ type: 'follow', id: `f${number}`, room });
        await real.client.next('followed', frame => frame.re === `f${number}`);
        real.client.send({ type: 'say', id, room, text: `${name} slow` });
        await real.client.next('message', ({ message }) => {
          return message.room === room && message.text.includes('go on?');
        });
      },
      model => !model.skills[name].held && model.waiting.length < 5
    )
  ),
  fc.constantFrom(...SKILLS).map(name =>
    command(`hold ${name}`, async (model, real) => {
      await real.hold(name, true);
      model.skills[name].held = true;
    })
  ),
  fc.constantFrom(...SKILLS).map(name =>
    command(`release ${name}`, async (model, real) => {
      await real.hold(name, false);
      const skill = model.skills[name];
      const { live, helper } = skill;
      // It is loaded anew, whatever its file says now.
      if (reloaded(model, name) !== 'failed') {
        Object.assign(skill, { count: 0, held: false });
      } else {
        Object.assign(skill, { live, helper });
      }
    })
  )
];

test(
  'reloads do what a simple model says, whatever is edited, said, asked and held between',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { maxCommands: amount(25, 80) }), async steps => {
        isolateEndpoints();
        const { endpoint, workspace, bot } = await startBot({
          'configuration.yaml': `skills:\n${SKILLS.map(
            name => `  - name: ${name}\n    path: skills/${name}\n    no-cache: false\n`
          ).join('')}`,
          'skills/helper.ts': 'export const helper = 0;',
          ...Object.fromEntries(SKILLS.map(name => [`skills/${name}/index.ts`, source(name, 0)]))
        });
        const client = await RawClient.greeted(endpoint);
        const begin = (): SkillModel => ({ live: 0, file: 0, helper: 0, count: 0, held: false });
        const model: Model = {
          skills: { a: begin(), b: begin(), c: begin() },
          helper: 0,
          next: 1,
          waiting: [],
          failures: 0
        };
        await fc.asyncModelRun(() => ({ model, real: new Real(client, workspace) }), steps);
        // Whatever happened to its skill meanwhile, a run ends as the version it began with.
        for (const [number, answer] of model.waiting.entries()) {
          expect(await client.ask('yes', `slow${number}`)).toEqual([]);
          await client.next(
            'message',
            ({ message }) => message.room === `slow${number}` && message.text === answer
          );
        }
        client.terminate();
        await bot.stop('this round is over');
      }),
      { numRuns: amount(4, 100), endOnFailure: true }
    );
  },
  amount(120_000, 3_600_000)
);
