import { Command, Option } from 'commander';
import { WebSocket } from 'ws';
import {
  BotConnection,
  chatOpsError,
  PROTOCOL_PATH,
  reasonOf,
  type LearnerRow,
  type Reply,
  type Request,
  type Socket,
  type WorkshopAction,
  type WorkshopState
} from '../../protocol';
import { websocketUrl } from '../server';
import { boardText } from '../workshop';
import { ensureBot } from './ensure';
import { exitCode } from './exit-code';
import { print } from './print';
import { programs, version } from './program';
import { buildWorkshop, newWorkshop } from './workshop';
import { writeWorkshopPages } from './workshop-html';
import { testWorkshop } from './workshop-test';
import { findWorkspace } from './workspace';

interface WorkshopOptions {
  workspace?: string;
  language?: string;
  all?: boolean;
  json?: boolean;
}

/** `chatops workshop`: what the Steps view does, for the terminal; and what writes workshops. */
export function workshopCommand(): Command {
  const workshop = new Command('workshop').description(
    'follow the workshop from the terminal, or write one'
  );
  addFollowing(workshop);
  addChanging(workshop);
  addReporting(workshop);
  addWriting(workshop);
  return workshop;
}

function addFollowing(workshop: Command): void {
  command(workshop, 'list', 'show the steps, and which are done').action(
    async (options: WorkshopOptions) => show(await ask(undefined, options), options)
  );
  command(workshop, 'check', 'check a step, and say the first thing that is missing')
    .argument('[step]', 'which; the one at work when not said')
    .action(async (step: string | undefined, options: WorkshopOptions) => {
      const action = { do: 'check' as const, ...(step !== undefined && { step }) };
      const state = await ask(action, options);
      if (options.json) {
        print(JSON.stringify(state.checked ?? null));
      } else {
        print(checkText(state));
      }
      process.exitCode =
        state.checked === undefined || state.checked.passed ? exitCode.ok : exitCode.failed;
    });
  command(workshop, 'hint', 'show one more hint for a step')
    .argument('[step]', 'which; the one at work when not said')
    .action(async (step: string | undefined, options: WorkshopOptions) => {
      const id = step ?? (await ask(undefined, options)).current?.id;
      if (id !== undefined) {
        await ask({ do: 'go', step: id }, options);
        const { current } = await ask({ do: 'hint', step: id }, options);
        print((current?.hints ?? []).map((hint, i) => `${i + 1}. ${hint}`).join('\n'));
      }
    });
  command(workshop, 'play', 'press one of the buttons of a step')
    .argument('<step>', 'which')
    .argument('<button>', 'its id, such as `week`')
    .action(async (step: string, play: string, options: WorkshopOptions) =>
      show(await ask({ do: 'play', step, play }, options), options)
    );
  command(workshop, 'answer', 'answer the question of a step')
    .argument('<step>', 'which')
    .argument('<question>', 'its id')
    .argument('<option>', 'the id of the answer')
    .action(async (step: string, question: string, option: string, options: WorkshopOptions) =>
      show(await ask({ do: 'answer', step, question, option }, options), options)
    );
}

function addReporting(workshop: Command): void {
  command(workshop, 'report', 'show how everyone does who reports to a bot')
    .option('--url <address>', "a facilitator's bot; this workspace's own when not said")
    .option('--token <token>', 'its token; the variable CHATOPS_WORKSHOP_TOKEN when not said')
    .action(async (options: WorkshopOptions & { url?: string; token?: string }) => {
      const learners = options.url
        ? await fetchBoard(options.url, options.token ?? process.env.CHATOPS_WORKSHOP_TOKEN ?? '')
        : (await request<'workshop.report'>({ type: 'workshop.report' }, options)).learners;
      print(options.json ? JSON.stringify(learners) : boardText(learners, Date.now()));
    });
}

async function fetchBoard(url: string, token: string): Promise<LearnerRow[]> {
  const answer = await fetch(`${url.replace(/\/$/, '')}/workshop/board`, {
    headers: { authorization: `Bearer ${token}` }
  }).catch(error => {
    throw chatOpsError('CHATOPS_USAGE', { reason: `${url} does not answer: ${reasonOf(error)}` });
  });
  if (!answer.ok) {
    throw chatOpsError('CHATOPS_USAGE', {
      reason: answer.status === 401 ? `${url} does not take this token` : `${url} has no workshop`
    });
  }
  return ((await answer.json()) as { learners: LearnerRow[] }).learners;
}

function addChanging(workshop: Command): void {
  command(workshop, 'solve', 'do what solves a step')
    .argument('<step>', 'which')
    .action(async (step: string, options: WorkshopOptions) =>
      show(await ask({ do: 'solve', step }, options), options)
    );
  command(workshop, 'catch-up', 'solve every step before this one')
    .argument('<step>', 'which')
    .action(async (step: string, options: WorkshopOptions) =>
      show(await ask({ do: 'catch-up', step }, options), options)
    );
  command(workshop, 'reset', 'put a step back to its beginning')
    .argument('[step]', 'which; the one at work when not said')
    .option('--all', 'every step', false)
    .action(async (step: string | undefined, options: WorkshopOptions) => {
      const id = step ?? (await ask(undefined, options)).current?.id;
      const action: WorkshopAction =
        options.all || id === undefined ? { do: 'reset-all' } : { do: 'reset', step: id };
      show(await ask(action, options), options);
      print('`chatops workshop undo` takes that back.');
    });
  command(workshop, 'undo', 'take the last reset or solution back').action(
    async (options: WorkshopOptions) => show(await ask({ do: 'undo' }, options), options)
  );
}

function addWriting(workshop: Command): void {
  workshop
    .command('build')
    .description('make the notebooks of a workshop from its Markdown')
    .argument('<folder>', 'where the Markdown lies')
    .option('--solutions <folder>', 'write notebooks with the solutions in them, into this folder')
    .action((folder: string, { solutions }: { solutions?: string }) => {
      for (const { file, changed } of buildWorkshop(folder, solutions)) {
        print(`${changed ? 'wrote' : 'kept'} ${file}`);
      }
    });
  workshop
    .command('test')
    .description('hold a workshop against itself: its beginnings, attempts and solutions')
    .argument('<folder>', 'the workshop')
    .argument('[steps...]', 'which steps; all when not said')
    .action(async (folder: string, only: string[]) => {
      await testWorkshop(folder, { programs, version, only }, print);
      // What a skill left behind shall not keep the terminal waiting.
      process.exit();
    });
  workshop
    .command('html')
    .description('make pages of a workshop that can be read on a phone')
    .argument('<folder>', 'the workshop')
    .argument('<target>', 'where the pages go')
    .action((folder: string, target: string) => {
      const files = writeWorkshopPages(folder, target);
      print(`wrote ${files.length} pages; begin with ${files[0]}`);
    });
  workshop
    .command('new')
    .description('begin a workshop of your own: a folder with one step that works')
    .argument('<folder>', 'where; made if it is not there')
    .action((folder: string) => {
      for (const file of newWorkshop(folder)) {
        print(`wrote ${file}`);
      }
      print('Now read docs/writing-a-workshop.md, and run `chatops workshop build` on the folder.');
    });
}

function command(parent: Command, name: string, description: string): Command {
  return parent
    .command(name)
    .description(description)
    .addOption(
      new Option(
        '-w, --workspace <folder>',
        "the bot's folder; when not said, the nearest one upwards with a configuration"
      )
    )
    .option('-l, --language <code>', 'such as de; that of the workshop when not said')
    .option('--json', 'print it for programs', false);
}

async function ask(
  action: WorkshopAction | undefined,
  options: WorkshopOptions
): Promise<WorkshopState> {
  const { language } = options;
  const more = language === undefined ? {} : { language };
  const { state } = action
    ? await request<'workshop.do'>({ type: 'workshop.do', action, ...more }, options)
    : await request<'workshop.state'>({ type: 'workshop.state', ...more }, options);
  return state;
}

/** Asks the workspace's bot, which is started when it does not run. */
async function request<T extends 'workshop.do' | 'workshop.state' | 'workshop.report'>(
  frame: Request<T>,
  { workspace }: WorkshopOptions
): Promise<Reply<T>> {
  const folder = findWorkspace(workspace);
  let endpoint = await ensureBot(folder);
  const connection = new BotConnection({
    open: async () => {
      // A bot that was found a moment ago may have been about to leave.
      endpoint = await ensureBot(folder);
      return new WebSocket(websocketUrl(endpoint, PROTOCOL_PATH)) as unknown as Socket;
    },
    hello: () => ({
      client: { name: 'workshop', version },
      ...(endpoint.token !== undefined && { token: endpoint.token })
    }),
    rooms: []
  });
  connection.connect();
  try {
    await connection.whenReady();
    return await connection.request<T>(frame);
  } finally {
    connection.close();
  }
}

function show(state: WorkshopState, { json }: WorkshopOptions): void {
  print(json ? JSON.stringify(state) : listText(state));
}

function listText({ title, steps, current }: WorkshopState): string {
  const width = Math.max(...steps.map(({ id }) => id.length));
  const lines = steps.map(({ id, title, minutes, done, solved }) => {
    const mark = done ? (solved ? '(x)' : '[x]') : id === current?.id ? ' > ' : '[ ]';
    return `${mark} ${id.padEnd(width)}  ${title} (${minutes} min)`;
  });
  const next = current
    ? ['', current.task, ...(current.unmet ? ['', current.unmet.text] : [])]
    : ['', 'Every step is done.'];
  return [title, '', ...lines, ...next].join('\n');
}

function checkText({ checked }: WorkshopState): string {
  if (!checked) {
    return 'Every step is done.';
  }
  const { step, passed, unmet, mistake } = checked;
  return passed
    ? `${step}: done.`
    : [`${step}: not yet. ${unmet}`, ...(mistake === undefined ? [] : [mistake])].join('\n');
}
