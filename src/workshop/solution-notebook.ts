import type { Action } from './action';
import { patchConfiguration } from './configuration-patch';
import type { Notebook, NotebookCell } from './notebook';
import type { Step, Workshop } from './step';

/** The name of the cell in which the text of a step begins: its target in the Markdown. */
export function stepTarget(id: string): string {
  return `step-${id}`;
}

/**
 * The notebook of a workshop with the solution of each step in cells of its own, behind the text and
 * the cells of that step: what a learner has at the end, and what the proof executes.
 *
 * What no cell can do, such as letting a week pass, is asked of the command `chatops workshop`.
 *
 * @param configuration - the configuration that a workspace begins with.
 */
export function solutionNotebook(
  notebook: Notebook,
  workshop: Pick<Workshop, 'steps'>,
  configuration: string
): Notebook {
  const writer = new SolutionWriter(configuration);
  const cells: NotebookCell[] = [];
  let open: Step | undefined;
  const end = (): void => {
    if (open) {
      cells.push(...writer.cellsOf(open));
      open = undefined;
    }
  };
  for (const cell of notebook.cells) {
    const step = workshop.steps.find(({ id }) => stepTarget(id) === cell.id);
    if (step && cell.cell_type === 'markdown') {
      end();
      open = step;
    }
    cells.push(cell);
    writer.ran(cell);
  }
  end();
  return { ...notebook, cells };
}

/** Writes solutions as cells, and knows what the files hold by then. */
class SolutionWriter {
  private readonly files = new Map<string, string>();

  constructor(configuration: string) {
    this.files.set('configuration.yaml', configuration);
  }

  /** Takes note of what a cell of the notebook has written. */
  ran({ cell_type, source }: NotebookCell): void {
    const text = source.join('');
    const skill = /^%%skill (\S+)\n([\s\S]*)$/.exec(text);
    const config = /^%%config\n([\s\S]*)$/.exec(text);
    if (cell_type === 'code' && skill) {
      this.enterSkill(skill[1]!, skill[2]!);
    } else if (cell_type === 'code' && config) {
      this.files.set('configuration.yaml', config[1]!);
    }
  }

  cellsOf(step: Step): NotebookCell[] {
    const sources = step.solution.flatMap(action => this.sourcesOf(action, step));
    return sources.map((source, i) => ({
      cell_type: 'code',
      id: `${step.id}-solution-${i + 1}`,
      metadata: { tags: ['solution'] },
      source: source.split(/(?<=\n)/),
      execution_count: null,
      outputs: []
    }));
  }

  private sourcesOf(action: Action, step: Step): string[] {
    if ('apply' in action) {
      const { 'configuration.yaml': patch, ...files } = step.solved;
      return [
        ...Object.entries(files).map(([name, text]) => this.fileCell(name, text)),
        ...(patch === undefined ? [] : [this.configurationCell(patch)])
      ];
    }
    if ('edit' in action) {
      const text = this.files.get(action.edit) ?? '';
      return [this.writeCell(action.edit, text.replaceAll(action.find, action.put))];
    }
    if ('write' in action) {
      return [this.writeCell(action.write, action.text)];
    }
    if ('cell' in action) {
      this.enterSkill(action.cell, action.source);
      return [`%%skill ${action.cell}\n${action.source}`];
    }
    if ('say' in action) {
      const { say, as, room } = action;
      const options = { ...(as !== undefined && { user: as }), room: room ?? 'general' };
      return [`await chat(${JSON.stringify(say)}, ${JSON.stringify(options)})`];
    }
    if ('look' in action) {
      return [`await why(${JSON.stringify(action.look)})`];
    }
    if ('play' in action) {
      const play = step.plays.find(({ id }) => id === action.play)?.do ?? [];
      return play.every(isForCells)
        ? play.flatMap(inner => this.sourcesOf(inner, step))
        : [command('play', step.id, action.play)];
    }
    if ('answer' in action) {
      return [command('answer', step.id, action.answer, action.to)];
    }
    if ('variable' in action) {
      return [
        [
          "import { appendFile } from 'node:fs/promises';",
          '',
          `await appendFile('.env', ${JSON.stringify(`${action.variable}=${action.value}\n`)});`,
          'await bot.reload();'
        ].join('\n')
      ];
    }
    if ('tell' in action) {
      return [
        [
          "const simulated = await startFixture('slack');",
          `await fetch(\`\${simulated.url}/say\`, { method: 'POST', body: ${JSON.stringify(action.text)} });`
        ].join('\n')
      ];
    }
    if ('hear' in action) {
      const { hear, reply } = action;
      return [`bot.hear(/${hear}/, message => message.respond(${JSON.stringify(reply)}))`];
    }
    if ('fixture' in action) {
      return [`await startFixture(${JSON.stringify(action.fixture)})`];
    }
    return [];
  }

  private fileCell(name: string, text: string): string {
    const skill = /^skills\/([\w-]+)\/index\.ts$/.exec(name)?.[1];
    if (skill === undefined) {
      return this.writeCell(name, text);
    }
    this.enterSkill(skill, text);
    return `%%skill ${skill}\n${text.trimEnd()}`;
  }

  private configurationCell(patch: string): string {
    const text = patchConfiguration(this.files.get('configuration.yaml') ?? '', patch);
    this.files.set('configuration.yaml', text);
    return `%%config\n${text.trimEnd()}`;
  }

  /** A file that is no skill of its own is written as a program does, and the bot looks by itself. */
  private writeCell(name: string, text: string): string {
    this.files.set(name, text);
    return [
      "import { mkdir, writeFile } from 'node:fs/promises';",
      "import path from 'node:path';",
      '',
      `await mkdir(path.dirname(${JSON.stringify(name)}), { recursive: true });`,
      `await writeFile(${JSON.stringify(name)}, ${JSON.stringify(text)});`,
      'await bot.reload();'
    ].join('\n');
  }

  private enterSkill(name: string, source: string): void {
    const path = `skills/${name}`;
    this.files.set(`${path}/index.ts`, source);
    const configuration = this.files.get('configuration.yaml') ?? '';
    this.files.set(
      'configuration.yaml',
      patchConfiguration(configuration, JSON.stringify({ skills: [{ name, path }] }))
    );
  }
}

/** Whether an action is one that a cell can do by itself. */
function isForCells(action: Action): boolean {
  return ['say', 'look', 'write', 'cell', 'tell', 'hear', 'fixture'].some(kind => kind in action);
}

/** A cell that asks the command line. */
function command(...words: string[]): string {
  return [
    "import { execFileSync } from 'node:child_process';",
    '',
    `console.log(execFileSync('chatops', ${JSON.stringify(['workshop', ...words])}, { encoding: 'utf8' }));`
  ].join('\n');
}
