import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IEditorExtensionRegistry } from '@jupyterlab/codemirror';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { commandIds } from '../command-ids';
import { fenced } from '../chat/cell-text';
import { chatIcon } from '../icons';
import { pluginIds, TRANSLATION_DOMAIN } from '../plugin-ids';
import { noArguments } from '../commands/arguments';
import { IBotLink, IChatPanel } from '../tokens';
import { attachBadges } from './attach-badges';
import type { Decision } from './difference-dialog';
import { makeSkillCell } from './make-skill';
import { NotebookTarget, type InsertPlace } from './notebook-target';
import { canBeSkill, runSkillCell } from './run-skill-cell';
import { lineInCell, parseSkillCell } from './skill-cell';
import { SkillCells, isCodeCell, type OpenSkillCell } from './skill-cells';
import { skillCellExtension } from './skill-cell-extension';
import { SkillFiles, skillOf } from './skill-files';

/** What lies between notebooks and the bot: skill cells, and code that goes from one to the other. */
export const notebookPlugin: JupyterFrontEndPlugin<void> = {
  id: pluginIds.notebook,
  description:
    'Shows on skill cells how their skills are doing, and carries code between notebooks and the chat.',
  autoStart: true,
  requires: [INotebookTracker, IBotLink, IChatPanel],
  optional: [IEditorExtensionRegistry, ICommandPalette, ITranslator],
  activate: activateNotebook
};

function activateNotebook(
  { commands, serviceManager }: JupyterFrontEnd,
  tracker: INotebookTracker,
  link: IBotLink,
  chat: IChatPanel,
  extensions: IEditorExtensionRegistry | null,
  palette: ICommandPalette | null,
  translator: ITranslator | null
): void {
  const trans = (translator ?? nullTranslator).load(TRANSLATION_DOMAIN);
  const target = new NotebookTarget(tracker, commands);
  const cells = new SkillCells(tracker, link, new SkillFiles(serviceManager.contents));
  const runner = { commands, link, cells, trans };
  const active = (): Pick<OpenSkillCell, 'panel' | 'cell'> | undefined => {
    const { currentWidget: panel, activeCell: cell } = tracker;
    return panel && isCodeCell(cell) ? { panel, cell } : undefined;
  };
  const activeSource = (): string => active()?.cell.model.sharedModel.getSource() ?? '';

  extensions?.addExtension(skillCellExtension(trans));

  const run = (open: Pick<OpenSkillCell, 'panel' | 'cell'>): Promise<void> =>
    runSkillCell(open, runner);
  const takeOver = ({ cell }: Pick<OpenSkillCell, 'cell'>): void => {
    const source = cell.model.sharedModel.getSource();
    const skill = parseSkillCell(source);
    const file = cells.stateOf(cell)?.file;
    if (skill && file !== undefined) {
      const head = source.split('\n').slice(0, skill.line).join('\n');
      cell.model.sharedModel.setSource(`${head}\n${file.trimEnd()}`);
      cells.noteRan(cell, parseSkillCell(cell.model.sharedModel.getSource())!);
    }
  };
  const compare = async (open: Pick<OpenSkillCell, 'panel' | 'cell'>): Promise<void> => {
    const state = cells.stateOf(open.cell);
    if (state?.file === undefined) {
      return;
    }
    const { chooseVersion } = await import('./difference-dialog');
    const { name, body } = state.skill;
    const decision = await chooseVersion({ name, file: state.file, cell: body }, trans);
    const acts: Record<Decision, () => void | Promise<void>> = {
      file: () => takeOver(open),
      cell: () => run(open),
      none: () => undefined
    };
    await acts[decision]();
  };

  attachBadges(tracker, link, cells, trans, {
    run: cell => void withPanel(cells, cell, run),
    compare: cell => void withPanel(cells, cell, compare),
    takeOver: cell => takeOver({ cell }),
    release: skill => void commands.execute(commandIds.holdSkill, { skill, hold: false }),
    tryOut: text => void (text === '' ? chat.reveal() : chat.write(text))
  });

  commands.addCommand(commandIds.runSkillCell, {
    label: trans.__('Run as a Skill'),
    caption: trans.__('Make the skill in this cell live'),
    icon: chatIcon,
    describedBy: { args: noArguments },
    isEnabled: () => active() !== undefined && canBeSkill(activeSource()),
    isVisible: () => canBeSkill(activeSource()),
    execute: async () => {
      const open = active();
      if (open) {
        await run(open);
      }
    }
  });

  commands.addCommand(commandIds.compareSkillCell, {
    label: trans.__('Compare the Skill Cell with its File'),
    caption: trans.__('Show how the skill in this cell differs from the one in its file'),
    describedBy: { args: noArguments },
    isEnabled: () => parseSkillCell(activeSource()) !== undefined,
    execute: async () => {
      const open = active();
      if (open) {
        await compare(open);
      }
    }
  });

  commands.addCommand(commandIds.sendCell, {
    label: trans.__('Send Cell to Chat'),
    caption: trans.__('Put this cell into the input of the chat, to be said from there'),
    icon: chatIcon,
    describedBy: { args: noArguments },
    isEnabled: () => tracker.activeCell !== null,
    execute: async () => {
      const { activeCell } = tracker;
      const source = activeCell?.model.sharedModel.getSource() ?? '';
      const mimetype = tracker.currentWidget?.content.codeMimetype ?? '';
      const language = /([\w+#]+)$/.exec(mimetype.replace(/^text\/x-/, ''))?.[1] ?? '';
      await chat.write(isCodeCell(activeCell) ? fenced(source, language) : source);
    }
  });

  const places: readonly InsertPlace[] = ['active', 'above', 'below'];
  commands.addCommand(commandIds.insertCode, {
    label: trans.__('Insert Code into the Notebook'),
    describedBy: {
      args: {
        type: 'object',
        required: ['code'],
        properties: {
          code: { type: 'string', description: 'What to insert.' },
          place: {
            enum: [...places],
            description:
              'Into the active cell, or into a new one above or below; below when absent.'
          }
        }
      }
    },
    execute: ({ code, place }) =>
      target.insert(String(code), places.find(known => known === place) ?? 'below')
  });

  commands.addCommand(commandIds.makeSkillCell, {
    label: trans.__('Make a Skill Cell'),
    describedBy: {
      args: {
        type: 'object',
        required: ['text'],
        properties: {
          text: { type: 'string', description: 'What the skill shall answer.' },
          reply: { type: 'string', description: 'What it shall answer with.' }
        }
      }
    },
    execute: async ({ text, reply }) => {
      const taken = [
        ...link.status.skills.map(({ name }) => name),
        ...cells.list().map(({ skill }) => skill.name)
      ];
      const wish = {
        text: String(text),
        taken,
        ...(reply !== undefined && { reply: String(reply) })
      };
      await target.insert(makeSkillCell(wish), 'below');
    }
  });

  commands.addCommand(commandIds.openSkill, {
    label: trans.__('Open a Skill Where It Was Written'),
    describedBy: {
      args: {
        type: 'object',
        required: ['skill', 'path'],
        properties: {
          skill: { type: 'string', description: 'The name of the skill.' },
          path: { type: 'string', description: 'Its file, for where no cell of it is open.' },
          line: { type: 'integer', minimum: 1, description: 'The line in the file, from 1 on.' },
          column: { type: 'integer', minimum: 1, description: 'The column, from 1 on.' }
        }
      }
    },
    execute: async args => {
      const line = Number(args.line ?? 1);
      const open = writtenIn(cells, String(args.skill));
      const file = cells.files.textOf(skillOf(link.status, String(args.skill)));
      if (open) {
        const place = lineInCell(open.skill, file ?? open.skill.body, line);
        await target.goTo(open.panel, open.cell, place, Number(args.column ?? 1));
      } else {
        const { path, column } = args;
        await commands.execute(commandIds.openSource, { path, line, column: Number(column ?? 1) });
      }
    }
  });

  const notify = (): void => {
    commands.notifyCommandChanged(commandIds.runSkillCell);
    commands.notifyCommandChanged(commandIds.sendCell);
    commands.notifyCommandChanged(commandIds.compareSkillCell);
  };
  tracker.activeCellChanged.connect(notify);
  cells.changed.connect(notify);

  const category = trans.__('ChatOps');
  for (const command of [
    commandIds.runSkillCell,
    commandIds.sendCell,
    commandIds.compareSkillCell
  ]) {
    palette?.addItem({ command, category });
  }
}

/** Does something with a cell of a notebook that is open. */
function withPanel<T>(
  cells: SkillCells,
  cell: OpenSkillCell['cell'],
  act: (open: OpenSkillCell) => T
): T | undefined {
  const open = cells.list().find(other => other.cell === cell);
  return open && act(open);
}

/**
 * The cell that a live skill was written in. A cell that differs from the live version may still be
 * the one, unless the file was written by something else.
 */
function writtenIn(cells: SkillCells, name: string): OpenSkillCell | undefined {
  const own = cells.list().filter(({ skill }) => skill.name === name);
  const kinds = own.map(({ cell }) => cells.stateOf(cell)?.kind);
  return own[kinds.indexOf('live')] ?? own.find((_, index) => WRITTEN.has(kinds[index] ?? ''));
}

/** States of cells whose skill's file came from them. */
const WRITTEN: ReadonlySet<string> = new Set(['changed', 'error']);
