import {
  DEFAULT_ROOM,
  type BotConnection,
  type ErrorRecord,
  type SkillRecord,
  type Trace
} from '../../protocol';
import { PANEL } from '../connectors/panel';
import { localUser } from '../connectors/shell';
import { DryBot } from '../dry-bot';
import { EndpointPlace, type Endpoint } from '../server';
import { withBot } from './bot-request';
import { programs, version } from './program';
import { configFileOf, configOf, workspaceOf, type WorkspaceOptions } from './workspace-options';

/** Who says something, and where, when it is only tried. */
export type TriedPlace = Pick<Trace, 'connector' | 'room' | 'user'>;

/** Knows the skills of a workspace and what they would make of a text. */
export interface Explainer {
  /** What the bot is called. */
  readonly name: string;
  readonly skills: readonly SkillRecord[];
  /** What keeps the bot from being as it is configured. */
  readonly problems: readonly ErrorRecord[];
  explain(text: string, place: TriedPlace): Promise<Trace>;
}

/**
 * Asks the bot of a workspace: the one that runs, or one that is made for this alone and does nothing
 * besides. A configuration that is named is always read anew.
 */
export async function withExplainer<T>(
  options: WorkspaceOptions,
  use: (explainer: Explainer) => Promise<T>
): Promise<T> {
  const workspace = workspaceOf(options);
  const endpoint = configOf(options) ? undefined : await findBot(workspace);
  if (endpoint) {
    return withBot(endpoint, (connection, { bot, skills, warnings }) =>
      use({
        name: bot.name,
        skills,
        problems: warnings,
        explain: (text, place) => askBot(connection, text, place)
      })
    );
  }
  const bot = await DryBot.open({
    workspace,
    configuration: configFileOf(options),
    programs,
    version
  });
  try {
    return await use(bot);
  } finally {
    await bot.close();
  }
}

/** A person and a place as the command line names them, with what it leaves open. */
export function placeOf(options: { user?: string; room?: string; connector?: string }): TriedPlace {
  const { user, room = DEFAULT_ROOM, connector = PANEL } = options;
  return { user: user === undefined ? localUser() : { id: user, name: user }, room, connector };
}

async function askBot(connection: BotConnection, text: string, place: TriedPlace): Promise<Trace> {
  const { trace } = await connection.request<'explain'>({ type: 'explain', text, ...place });
  return trace;
}

/** The bot that runs here; a folder that is no workspace has none. */
async function findBot(workspace: string): Promise<Endpoint | undefined> {
  return new EndpointPlace(workspace).find();
}
