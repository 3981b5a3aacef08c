import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Configuration } from '../../../src/bot/config';
import { isWatched } from '../../../src/bot/skills';
import { originOf, SkillInstaller } from '../../../src/bot/skills/sources';
import { ChatOpsError } from '../../../src/protocol';
import { testBot, type NamedSkill, type TestBot } from '../../../src/testing';
import { RealBot } from '../real-bot';
import type { Case, Facts, Finding } from '../case';
import { Stage } from '../stage';

/** A skill that answers with a word. */
const answering = (word: string): string =>
  `import { matchRegex } from 'chatops';\nexport const main = matchRegex(/.*/, message => message.respond('${word}'));\n`;

type Scene = (stage: Stage, given: Case) => Promise<Finding | undefined>;

/** Which scene shows what a case is about; the first that fits is played. */
const SCENES: readonly (readonly [fits: (given: Case) => boolean, play: Scene])[] = [
  [({ input }) => 'check_cache' in input, playCache],
  [({ given }) => 'no-dep' in given, playDependencies],
  [({ successor = '' }) => successor.startsWith('isolate'), playBroken],
  [({ successor = '' }) => successor.startsWith('enabled'), playDisabled],
  [({ successor = '' }) => successor.includes('setup'), playSetup],
  [({ given }) => 'skill module top level' in given, playTopLevel],
  [({ given, input }) => typeof given.skill === 'string' && 'text' in input, playForms],
  [({ given }) => 'module' in given, playModule],
  [({ given }) => 'repo' in given && !('already installed' in given), playRepository],
  [({ given }) => 'already installed' in given, playPinned],
  [({ given }) => 'gist' in given, playGist],
  [({ given, input }) => 'path' in given && 'install' in input, playPath],
  [({ given }) => given['no location'] === true, playUnknown],
  [
    ({ given, input }) =>
      Array.isArray(given.skills) && given.skills.length === 0 && 'start' in input,
    playEmpty
  ],
  [({ input }) => 'get_skill_instance' in input, playClasses],
  [({ successor = '', input }) => successor.startsWith('reload') && 'text' in input, playReload],
  [({ given }) => 'skill dir' in given, playPackage],
  [
    ({ given, input }) =>
      'database' in given && Object.keys(input).some(key => key.includes('reload')),
    playMemory
  ],
  [({ given }) => 'autoreload' in given, playWatch]
];

/** Loads skills, installs them from elsewhere, and loads them again. */
export function playLoader(given: Case): Promise<Finding | undefined> {
  const [, play] = SCENES.find(([fits]) => fits(given)) ?? [];
  return ['loader', 'reload', 'core'].includes(given.area) && play
    ? Stage.play(stage => play(stage, given))
    : Promise.resolve(undefined);
}

/** What opsdroid installs anew at each start is what we look at again whenever it changes. */
async function playCache(stage: Stage, { given }: Case): Promise<Finding> {
  const folder = stage.folder({ 'abc/index.ts': answering('old') });
  const keys = {
    name: 'abc',
    path: 'abc',
    ...('no-cache' in given &&
      typeof given['no-cache'] === 'boolean' && { 'no-cache': given['no-cache'] })
  };
  const { values } = Configuration.parse(JSON.stringify({ skills: [keys] }), 'c.json', {});
  const location = path.join(folder, 'abc');
  const chat = testBot({ root: folder, skills: ['abc'] });
  await chat.user('user').says('x');
  writeFileSync(path.join(location, 'index.ts'), answering('new'));
  await chat.restart();
  await chat.user('user').says('x');
  const isNew = chat.texts[0] === 'new';
  await chat.close();
  return {
    observed: { installed_removed: isNew && isWatched({ section: values.skills[0]!, location }) }
  };
}

async function playDependencies(stage: Stage, { given }: Case): Promise<Finding> {
  const repository = makeRepository(stage, {
    'index.ts': answering('x'),
    'package.json': '{ "dependencies": { "chatops-conformance-no-such-package": "1.0.0" } }'
  });
  const workspace = stage.folder();
  const origin = { kind: 'repo', url: repository, branch: undefined, key: undefined } as const;
  const installer = new SkillInstaller(workspace);
  const { folder } = await installer.ensure('x', origin, { dependencies: !given['no-dep'] });
  const ran = existsSync(path.join(folder, 'node_modules'));
  return { observed: { result: null, ran_pip: ran } };
}

/** One skill that cannot load costs itself, and its author is told where. */
async function playBroken(stage: Stage): Promise<Finding> {
  const { bot } = await RealBot.start(stage, {
    'configuration.yaml': 'skills:\n  a: {path: a.ts}\n  b: {path: b.ts}\n  c: {path: c.ts}\n',
    'a.ts': 'export const = ;\n',
    'b.ts': 'import { matchRegex } from "chatops";\nnotDefined();\n',
    'c.ts': answering('hello')
  });
  const skills = bot.engine.registry.list();
  const told = skills.flatMap(({ error }) =>
    error ? [[error.where?.file, error.where?.line, error.message !== '']] : []
  );
  return {
    observed: {
      told,
      live: skills.filter(({ state }) => state === 'live').map(({ name }) => name)
    },
    expected: {
      told: [
        ['a.ts', 1, true],
        ['b.ts', 2, true]
      ],
      live: ['c']
    }
  };
}

async function playDisabled(stage: Stage, { given }: Case): Promise<Finding> {
  const section = JSON.stringify(given.skills).replaceAll('@@/', '');
  const { bot } = await RealBot.start(stage, {
    'configuration.yaml': `skills: ${section}\nconnectors: ${JSON.stringify(given.connectors ?? {})}\n`,
    'b.py': '',
    'b.ts': answering('b')
  });
  const enabled = (sections: Facts = {}): string[] =>
    Object.entries(sections).flatMap(([name, keys]) => (keys?.enabled === false ? [] : [name]));
  return {
    observed: {
      skills: bot.engine.registry.list().map(({ name }) => name),
      connectors: bot.connectorNames()
    },
    expected: { skills: enabled(given.skills), connectors: enabled(given.connectors) }
  };
}

/** Every setup is called, with its own section; one that fails costs its own skill. */
async function playSetup(stage: Stage): Promise<Finding> {
  const { bot } = await RealBot.start(stage, {
    'configuration.yaml':
      'skills:\n  a: {path: a.ts}\n  b: {path: b.ts, own: 1}\n  c: {path: c.ts}\n',
    'a.ts': answering('a'),
    'b.ts': `${answering('b')}export const setup = async (bot, config) => { await bot.memory.put('seen', [config.name, config.own]); };\n`,
    'c.ts': `${answering('c')}export const setup = () => { throw new Error('no fuse'); };\n`
  });
  const stored = await bot.engine.memory.get('skill/b', 'seen');
  const failed = bot.engine.registry.list().flatMap(({ name, error }) => (error ? name : []));
  return {
    observed: { setup_called: stored && (JSON.parse(stored.value) as unknown), failed },
    expected: { setup_called: ['b', 1], failed: ['c'] }
  };
}

async function playTopLevel(stage: Stage, { given }: Case): Promise<Finding> {
  const [, word = 'x'] = /print\('(.*)'\)/.exec(String(given['skill module top level'])) ?? [];
  const chat = testBot({
    root: stage.folder({ 'a.ts': `console.log('${word}');\n${answering('a')}` }),
    skills: ['a.ts']
  });
  await chat.ready;
  await chat.close();
  return {
    observed: { printed: chat.logs.map(line => line.replace(/^.*?: /, '')) },
    expected: { printed: [word] }
  };
}

/** Functions of other forms than opsdroid's two. */
async function playForms(
  _: Stage,
  { given, input, successor }: Case
): Promise<Finding | undefined> {
  const sources: Readonly<Record<string, string>> = {
    plain: `import { matchRegex } from 'chatops';\nexport const a = matchRegex(/./, (bot, config, message) => { message.respond('called'); });\n`,
    two: `import { matchRegex } from 'chatops';\nexport const a = matchRegex(/./, async (bot, config) => { await bot.send('called with ' + config.name); });\n`
  };
  const form = /plain/.test(given.skill) ? 'plain' : /two param/.test(given.skill) ? 'two' : '';
  if (form === '') {
    return undefined;
  }
  const chat = await played({ name: 'a', source: sources[form]! }, input.text);
  const { texts } = chat;
  return form === 'plain' && successor !== undefined
    ? { observed: { responses: texts }, expected: { responses: ['called'] } }
    : {
        replaced: 'a function that asks for less than it is given is no mistake in JavaScript',
        observed: { responses: texts },
        expected: { responses: ['called with a'] }
      };
}

/** A module that lies among the packages of the workspace. */
async function playModule(stage: Stage, { given, input }: Case): Promise<Finding> {
  const name = String(given.module).split('.').at(-1)!;
  const root = stage.folder({
    [`node_modules/${name}/package.json`]: `{ "name": "${name}", "main": "main.ts" }`,
    [`node_modules/${name}/main.ts`]: answering('hello')
  });
  const chat = testBot({ root, skills: [`node_modules/${name}/main.ts`] });
  await chat.user('user').says(input.text);
  await chat.close();
  return { observed: { responses: chat.texts } };
}

/** A repository is fetched at the branch that its section names. */
async function playRepository(stage: Stage, { given }: Case): Promise<Finding> {
  const isMissing = /missing|local directory/.test(String(given.repo));
  if (isMissing) {
    const origin = {
      kind: 'repo',
      url: path.join(stage.folder(), 'none'),
      branch: undefined,
      key: undefined
    } as const;
    const error = await refusal(
      new SkillInstaller(stage.folder()).ensure('testmodule', origin, { dependencies: false })
    );
    return {
      observed: {
        log: () => error?.code === 'CHATOPS_SKILL_FETCH' && error.message.includes('testmodule')
      }
    };
  }
  const { branch } = given;
  const { values } = Configuration.parse(
    JSON.stringify({ skills: [{ name: 'x', repo: given.repo, branch }] }),
    'c.json',
    {}
  );
  const origin = originOf(values.skills[0]!, '/');
  const repository = makeRepository(stage, { 'index.ts': answering('x') }, branch);
  const here = { kind: 'repo', url: repository, branch, key: undefined } as const;
  const { folder } = await new SkillInstaller(stage.folder()).ensure('x', here, {
    dependencies: false
  });
  const isThere = existsSync(path.join(folder, 'index.ts'));
  return {
    observed: {
      // Fetched by its commit instead of cloned, from the same place.
      command: (words: string) =>
        words.includes('git clone') &&
        origin.kind === 'repo' &&
        words.includes(origin.url) &&
        words.includes(`-b ${origin.branch ?? 'master'}`) &&
        isThere
    }
  };
}

/** Nothing newer comes by itself. */
async function playPinned(stage: Stage): Promise<Finding> {
  const repository = makeRepository(stage, { 'index.ts': answering('old') });
  const origin = { kind: 'repo', url: repository, branch: undefined, key: undefined } as const;
  const installer = new SkillInstaller(stage.folder());
  const first = await installer.ensure('x', origin, { dependencies: false });
  commit(repository, { 'index.ts': answering('new') });
  const second = await installer.ensure('x', origin, { dependencies: false });
  const third = await installer.update('x', origin, { dependencies: false });
  return {
    replaced:
      'the commit that was fetched first stays, until `chatops skill update` takes a newer one',
    observed: {
      'at a start': second.pinned === first.pinned,
      'on request': third.pinned !== first.pinned
    },
    expected: { 'at a start': true, 'on request': true }
  };
}

async function playGist(stage: Stage, { given }: Case): Promise<Finding> {
  const { values } = Configuration.parse(
    JSON.stringify({ skills: [{ name: 'x', gist: given.gist }] }),
    'c.json',
    {}
  );
  const origin = originOf(values.skills[0]!, '/');
  const id = String(given.gist).split('/').at(-1)!;
  const repository = makeRepository(stage, { 'README.md': 'x', 'skill.ts': answering('x') });
  const here = { kind: 'repo', url: repository, branch: undefined, key: undefined } as const;
  const { folder } = await new SkillInstaller(stage.folder()).ensure('x', here, {
    dependencies: false
  });
  const isThere = existsSync(path.join(folder, 'skill.ts'));
  return {
    observed: {
      installed: (words: string) =>
        words.startsWith('first .py/.ipynb file') &&
        origin.kind === 'repo' &&
        origin.url.includes(id) &&
        isThere
    }
  };
}

/** Nothing is copied: a file or a folder is loaded from where it lies. */
async function playPath(stage: Stage, { given }: Case): Promise<Finding> {
  const isFolder = given.path === 'directory';
  const root = stage.folder({ [isFolder ? 'hello/index.ts' : 'hello.ts']: answering('hello') });
  const chat = testBot({ root, skills: [isFolder ? 'hello' : 'hello.ts'] });
  await chat.user('user').says('x');
  await chat.close();
  return {
    replaced: 'loaded from where it lies',
    observed: { answered: chat.texts },
    expected: { answered: ['hello'] }
  };
}

/** No code is fetched by a bare name. */
async function playUnknown(stage: Stage, { given }: Case): Promise<Finding> {
  const kind = `${String(given.type)}s`;
  const { bot } = await RealBot.start(stage, {
    'configuration.yaml': `${kind}:\n  ${String(given.name)}-of-nobody: {}\n`
  });
  const errors = [
    ...bot.warnings(),
    ...bot.engine.registry.list().flatMap(({ error }) => error ?? [])
  ];
  return {
    replaced:
      'an error that names what there is; code comes only from where the configuration says',
    observed: {
      told: errors.some(({ message }) => message.includes(`${String(given.name)}-of-nobody`))
    },
    expected: { told: true }
  };
}

/** A bot without skills is where one begins. */
async function playEmpty(stage: Stage): Promise<Finding> {
  const { bot } = await RealBot.start(stage, { 'configuration.yaml': 'skills: []\n' });
  return {
    replaced: 'it runs, so that the first skill can be written in a cell',
    observed: {
      ready: bot.isReady(),
      log: bot.logTail(50).some(line => line.includes('with 0 skills'))
    },
    expected: { ready: true, log: true }
  };
}

async function playClasses(): Promise<Finding> {
  const chat = await played(
    {
      name: 'a',
      source: `import { matchRegex } from 'chatops';
class Skill { count = 0; hello = matchRegex(/./, message => message.respond(String(++this.count))); }
const skill = new Skill();
export const { hello } = skill;
`
    },
    'x'
  );
  return {
    replaced: 'matchers of an instance know it by themselves; there is nothing to ask for',
    observed: { responses: chat.texts },
    expected: { responses: ['1'] }
  };
}

/** Saying `reload` loads what changed, at once, and nobody is cut off. */
async function playReload(stage: Stage, { given, input }: Case): Promise<Finding> {
  const skills = [...(given.skills as string[]), 'hello'];
  const real = await RealBot.start(stage, {
    'configuration.yaml': `skills:\n${skills.map(name => `  ${name}: ${name === 'hello' ? '{path: hello.ts, no-cache: false}' : '{}'}\n`).join('')}`,
    'hello.ts': answering('old').replace('/.*/', '/^hello$/')
  });
  writeFileSync(path.join(real.folder, 'hello.ts'), answering('new').replace('/.*/', '/^hello$/'));
  const [report = ''] = await real.ask(input.text);
  return {
    observed: {
      reported: report.includes('hello'),
      responses: await real.ask('hello'),
      running: real.bot.isReady()
    },
    expected: { reported: true, responses: ['new'], running: true }
  };
}

async function playPackage(stage: Stage): Promise<Finding> {
  const root = stage.folder({
    'a/index.ts': `import { matchRegex } from 'chatops';\nimport { word } from './helper';\nexport const a = matchRegex(/./, message => message.respond('old ' + word));\n`,
    'a/helper.ts': `export const word = 'old';\n`
  });
  const chat = testBot({ root, skills: ['a'] });
  await chat.ready;
  writeFileSync(path.join(root, 'a/helper.ts'), `export const word = 'new';\n`);
  writeFileSync(
    path.join(root, 'a/index.ts'),
    `import { matchRegex } from 'chatops';\nimport { word } from './helper';\nexport const a = matchRegex(/./, message => message.respond('new ' + word));\n`
  );
  await chat.reload('a');
  await chat.user('user').says('x');
  await chat.close();
  return { observed: { responses: chat.texts }, expected: { responses: ['new new'] } };
}

async function playMemory(_: Stage, { input }: Case): Promise<Finding> {
  const [, value = '2'] = /put \w+=(\d+)/.exec(Object.keys(input).join(' ')) ?? [];
  const skill = { name: 'a', source: answering('x') };
  const chat = testBot({ skills: [skill] });
  await chat.memory('a').put('n', Number(value));
  await chat.reload(skill);
  const kept = await chat.memory('a').get('n');
  await chat.close();
  return { observed: { value: kept }, expected: { value: Number(value) } };
}

/** A file that changed is loaded again by itself. */
async function playWatch(stage: Stage): Promise<Finding> {
  const real = await RealBot.start(stage, {
    'configuration.yaml': 'skills:\n  hello: {path: hello.ts}\n',
    'hello.ts': answering('old')
  });
  const changed = real.changed('hello');
  const save = (): void => writeFileSync(path.join(real.folder, 'hello.ts'), answering('new'));
  save();
  // A system under load may report a folder's changes only some time after it was asked to.
  const again = setInterval(save, 1000);
  await changed.finally(() => clearInterval(again));
  return {
    observed: { responses: await real.ask('x'), running: real.bot.isReady() },
    expected: { responses: ['new'], running: true }
  };
}

async function played(skill: NamedSkill, text: string): Promise<TestBot> {
  const chat = testBot({ skills: [skill] });
  await chat.user('user').says(text);
  await chat.close();
  return chat;
}

async function refusal(promise: Promise<unknown>): Promise<ChatOpsError | undefined> {
  try {
    await promise;
  } catch (error) {
    return error instanceof ChatOpsError ? error : undefined;
  }
  return undefined;
}

function makeRepository(
  stage: Stage,
  files: Readonly<Record<string, string>>,
  branch = 'main'
): string {
  const folder = stage.folder();
  git(folder, 'init', '--quiet', `--initial-branch=${branch}`);
  commit(folder, files);
  return folder;
}

function commit(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(path.join(folder, name), text);
  }
  git(folder, 'add', '.');
  git(
    folder,
    '-c',
    'user.name=case',
    '-c',
    'user.email=case@example.org',
    'commit',
    '--quiet',
    '-m',
    'a commit'
  );
}

function git(folder: string, ...args: readonly string[]): void {
  execFileSync('git', args, { cwd: folder, stdio: 'ignore' });
}
