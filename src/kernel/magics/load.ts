import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { chatOpsError, didYouMean, reasonOf } from '../../protocol';
import type { Magic, MagicContext } from './magic';

/** `%load`: puts the source of a skill, or any file, into a cell. */
export const load: Magic = {
  name: '%load',
  usage: '%load NAME',
  summary: 'Puts the source of a skill, or a file, into a new cell below.',
  details: [
    '`%load hello` puts the skill `hello` as it is on disk into a cell that begins with `%%skill hello`,',
    'ready to be changed and run. `%load lib/parse.ts` does so with any file; `%load configuration.yaml`',
    "with the bot's configuration, below `%%config`."
  ].join('\n'),
  complete: ({ bot }) => bot.skills.flatMap(({ name, source }) => (source.file ? [name] : [])),
  run: async ({ args }, context) => {
    const [name, ...others] = args;
    if (name === undefined || others.length > 0) {
      throw chatOpsError('CHATOPS_MAGIC_USAGE', {
        reason: '`%load` takes the name of a skill or file',
        usage: '%load hello'
      });
    }
    const { file, head } = await find(name, context);
    try {
      const text = (await readFile(file, 'utf8')).trimEnd();
      context.payload({ source: 'set_next_input', text: head + text, replace: false });
    } catch (error) {
      const known = context.bot.skills.map(skill => skill.name);
      throw chatOpsError('CHATOPS_MAGIC_USAGE', {
        reason: `\`${name}\` cannot be read${didYouMean(name, known) || `: ${reasonOf(error)}`}`,
        usage: '%load hello'
      });
    }
  }
};

async function find(
  name: string,
  { bot, folder, signal }: MagicContext
): Promise<{ file: string; head: string }> {
  const isPath = /[/\\.]/.test(name);
  if (!isPath) {
    await bot.connected(signal);
    const skill = bot.skills.find(candidate => candidate.name === name);
    const file = skill?.source.file ?? path.join('skills', name, 'index.ts');
    return { file: path.resolve(bot.workspace, file), head: `%%skill ${name}\n` };
  }
  const file = path.resolve(folder, name);
  const isConfiguration = file === path.join(bot.workspace, 'configuration.yaml');
  return { file, head: isConfiguration ? '%%config\n' : '' };
}
