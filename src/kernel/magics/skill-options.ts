import { chatOpsError } from '../../protocol';
import type { MagicCall } from './magic';

/** What may stand behind the name on the line of `%%skill`. */
export interface SkillOptions {
  name: string;
  /** What to say to the bot once the skill is live. */
  say: string[];
  /** Texts whose match trace to show once the skill is live. */
  why: string[];
  /** Show nothing of what is live now. */
  quiet: boolean;
}

/** Each option with what it does, for help and completion. */
export const skillOptions = [
  {
    name: '--say',
    usage: '--say TEXT',
    does: 'says TEXT to the bot then, and shows the conversation'
  },
  { name: '--why', usage: '--why TEXT', does: 'shows then what would be weighed for TEXT' },
  { name: '--quiet', usage: '--quiet', does: 'does not show what is live now' }
] as const;

/**
 * Reads the line of `%%skill`.
 *
 * @throws ChatOpsError `CHATOPS_MAGIC_USAGE` with its place in the cell.
 */
export function readSkillOptions({ args, cell, line }: MagicCall): SkillOptions {
  const refuse = (reason: string): never => {
    throw chatOpsError(
      'CHATOPS_MAGIC_USAGE',
      { reason, usage: '%%skill hello' },
      { where: { file: 'cell', line }, excerpt: cell.split('\n')[line - 1]! }
    );
  };
  const names: string[] = [];
  const options = { say: [] as string[], why: [] as string[], quiet: false };
  const rest = [...args];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--say' || word === '--why') {
      const key = word === '--say' ? 'say' : 'why';
      options[key].push(rest.shift() ?? refuse(`\`${word}\` needs a text behind it`));
    } else if (word === '--quiet') {
      options.quiet = true;
    } else if (word.startsWith('--')) {
      const known = skillOptions.map(({ name }) => name).join(', ');
      refuse(`\`%%skill\` has no option \`${word}\`; it has ${known}`);
    } else {
      names.push(word);
    }
  }
  const [name, ...others] = names;
  if (others.length > 0) {
    refuse(`\`%%skill\` takes one name; \`${others.join(' ')}\` is too much`);
  }
  return { name: name ?? refuse('`%%skill` needs the name of the skill'), ...options };
}
