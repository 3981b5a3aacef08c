import type { CodeCell } from '@jupyterlab/cells';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { ErrorRecord, SkillChange } from '../../protocol';
import type { IBotLink } from '../tokens';
import { nameOf } from './make-skill';
import { isOurs } from './notebook-target';
import { parseSkillCell } from './skill-cell';
import { CONFLICT, isCodeCell, type OpenSkillCell, type SkillCells } from './skill-cells';

/** What running a skill cell needs. */
export interface SkillCellRunner {
  commands: CommandRegistry;
  link: IBotLink;
  cells: SkillCells;
  trans: TranslationBundle;
}

/** Code that exports something made by a matcher, and its name. */
const SKILL_CODE = /export\s+(?:const|let|var)\s+([A-Za-z_$][\w$]*)\s*=\s*match[A-Z]\w*\s*\(/;

/** Whether a cell is a skill, or could be one. */
export function canBeSkill(source: string): boolean {
  return parseSkillCell(source) !== undefined || SKILL_CODE.test(source);
}

/** Makes a cell with a skill's code a skill cell, named after what it exports. */
export function asSkillCell(source: string): string {
  if (parseSkillCell(source)) {
    return source;
  }
  const exported = SKILL_CODE.exec(source)?.[1] ?? '';
  const words = exported.replace(/([a-z0-9])([A-Z])/g, '$1 $2');
  return `%%skill ${nameOf(words)}\n${source}`;
}

/**
 * Makes the skill in a cell live: by the notebook's kernel if it is ours, or else by asking the bot,
 * whose answer then stands below the cell.
 */
export async function runSkillCell(
  { panel, cell }: Pick<OpenSkillCell, 'panel' | 'cell'>,
  runner: SkillCellRunner
): Promise<void> {
  const { sharedModel } = cell.model;
  const source = asSkillCell(sharedModel.getSource());
  if (source !== sharedModel.getSource()) {
    sharedModel.setSource(source);
  }
  const { content: notebook } = panel;
  notebook.activeCellIndex = notebook.widgets.indexOf(cell);
  if (isOurs(panel)) {
    await runner.commands.execute('notebook:run-cell');
  } else if (isCodeCell(cell)) {
    await saveSkillCell(cell, runner);
  }
}

/** Hands a skill cell to the bot, past a kernel that knows nothing of skills. */
async function saveSkillCell(
  cell: CodeCell,
  { link, cells, trans }: SkillCellRunner
): Promise<void> {
  const skill = parseSkillCell(cell.model.sharedModel.getSource())!;
  const { outputs } = cell.model;
  const base = cells.baseOf(skill);
  const show = (name: 'stdout' | 'stderr', text: string): void => {
    outputs.clear();
    outputs.add({ output_type: 'stream', name, text: `${text}\n` });
  };
  try {
    const { connection } = await link.open();
    const { change, file } = await connection.request<'skill.save'>({
      type: 'skill.save',
      name: skill.name,
      source: skill.body,
      ...(base !== undefined && { base })
    });
    if (change.error) {
      show('stderr', errorText(change.error));
      cells.noteFailed(cell, skill);
    } else {
      show('stdout', savedText(change, file, trans));
      cells.noteRan(cell, skill);
    }
  } catch (error) {
    const { record } = Object(error) as { record?: ErrorRecord };
    show('stderr', record ? errorText(record) : String(error));
    if (record?.code === CONFLICT) {
      cells.noteConflict(cell);
    }
  }
}

function savedText(
  { skill, version }: SkillChange,
  file: string | undefined,
  trans: TranslationBundle
): string {
  const live = trans.__('%1 is live: version %2', skill, version);
  return file === undefined ? live : `${live}\n${trans.__('written to %1', file)}`;
}

function errorText({ message, hint, excerpt }: ErrorRecord): string {
  return [message, ...(excerpt === undefined ? [] : [excerpt]), hint].join('\n');
}
