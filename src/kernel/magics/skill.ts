import path from 'node:path';
import {
  ChatOpsError,
  NOTEBOOK_ROOM,
  type ErrorRecord,
  type SkillRecord,
  type Trace
} from '../../protocol';
import { converse } from '../bot-link/conversation';
import { placeInCell } from './cell-place';
import type { Magic, MagicContext } from './magic';
import { withoutLines } from './parse';
import { readSkillOptions, skillOptions } from './skill-options';

/** What the error table promises in general, and we say exactly. */
const GENERAL_PROMISE = / ?The version that worked before stays live\./;

/** `%%skill NAME`: the rest of the cell is the source of a skill, and running the cell makes it live. */
export const skill: Magic = {
  name: '%%skill',
  usage: '%%skill NAME [OPTIONS]',
  summary: 'Makes the rest of the cell a skill of the bot, live at once.',
  details: [
    'The bot loads the source beside the version that is live. Only when that works, the new version',
    'takes over, and the source is written to `skills/NAME/index.ts`. When it does not work, the error',
    'is shown here with its line, and the version that worked keeps answering.',
    '',
    '```ts',
    '%%skill hello',
    "import { matchRegex } from 'chatops';",
    '',
    'export const hello = matchRegex(/^(hi|hello)$/, async (bot, config, message) => {',
    '  await message.respond(`Hi ${message.user}`);',
    '});',
    '```',
    '',
    '`// %%skill NAME` means the same and keeps the cell valid TypeScript for editors.',
    '',
    'Behind the name may stand:',
    '',
    '| | |',
    '|---|---|',
    ...skillOptions.map(({ usage, does }) => `| \`${usage}\` | ${does} |`),
    '',
    'A text of several words stands in quotes: `%%skill hello --say "hello there"`.'
  ].join('\n'),
  complete: ({ bot }, before) =>
    before.length === 0
      ? bot.skills.filter(isWritable).map(({ name }) => name)
      : skillOptions.map(({ name }) => name),
  source: (call, { bot }) => {
    const [name] = call.args;
    return name === undefined || name.startsWith('-')
      ? undefined
      : { code: withoutLines(call.cell, call.line), file: fileOf(name, bot) };
  },
  run: async (call, context) => {
    const { name, say, why, quiet } = readSkillOptions(call);
    const { change, file, configured } = await context.bot.request<'skill.save'>(
      { type: 'skill.save', name, source: call.body, ...baseOf(context) },
      context.signal
    );
    const { conversationBundle, savedSkillBundle, traceBundle } = await import(
      /* webpackChunkName: "kernel-bot" */ '../views'
    );
    const isOwn = ownFiles(name, file, context);
    const place = (error: ErrorRecord): ErrorRecord =>
      placeInCell(error, call, context.label, isOwn);
    if (change.error) {
      throw refusal(name, change.version, place(change.error));
    }
    const record = context.bot.skills.find(candidate => candidate.name === name);
    const warnings = change.warnings.map(place);
    if (!quiet || warnings.length > 0) {
      context.display(
        savedSkillBundle({
          change: { ...change, warnings },
          matchers: record && record.version === change.version ? record.matchers : change.added,
          file,
          configured
        })
      );
    }
    for (const text of why) {
      context.display(traceBundle(await explain(text, context)));
    }
    for (const text of say) {
      const exchange = await converse(context.bot, text, {}, context.signal, () => undefined);
      context.display(conversationBundle(exchange));
    }
  }
};

/**
 * What JupyterLab knew to stand in the skill's file when the cell was run, as it says in the cell's
 * metadata: what was put there since by someone else is not overwritten unseen.
 */
function baseOf({ metadata }: MagicContext): { base?: string } {
  const { base } = Object(metadata.chatops) as { base?: unknown };
  return typeof base === 'string' ? { base } : {};
}

async function explain(text: string, { bot, signal }: MagicContext): Promise<Trace> {
  const frame = { type: 'explain', room: NOTEBOOK_ROOM, text } as const;
  return (await bot.request<'explain'>(frame, signal)).trace;
}

/** The file that the source of a skill is, or will be, written to. */
function fileOf(name: string, { skills, workspace }: MagicContext['bot']): string {
  const known = skills.find(candidate => candidate.name === name)?.source.file;
  return path.resolve(workspace, known ?? path.join('skills', name, 'index.ts'));
}

/** Which file names in errors mean the source in the cell. */
function ownFiles(
  name: string,
  file: string | undefined,
  { bot }: MagicContext
): (file: string) => boolean {
  const known = bot.skills.find(candidate => candidate.name === name)?.source.file;
  const names = new Set(['cell', `skills/${name}/index.ts`, file, known]);
  return candidate => names.has(candidate);
}

function refusal(name: string, version: number, error: ErrorRecord): ChatOpsError {
  const live =
    version > 0
      ? `Version ${version} of ${name}, which worked, keeps answering.`
      : `No version of ${name} is live yet.`;
  const hint = error.hint.replace(GENERAL_PROMISE, '');
  return new ChatOpsError({ ...error, hint: [hint, live].filter(Boolean).join(' ') });
}

function isWritable({ source }: SkillRecord): boolean {
  return source.kind === 'path';
}
