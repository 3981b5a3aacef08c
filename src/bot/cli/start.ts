import path from 'node:path';
import { Bot } from '../bot';
import { Terminal } from '../connectors/shell';
import { STATE_FOLDER } from '../logging';
import { EndpointPlace } from '../server';
import { exitCode } from './exit-code';
import { joinBot } from './join';
import { programs, version } from './program';
import { lookAfter } from './serve';

/**
 * Runs the bot of a workspace in the foreground, with a conversation in this terminal. Where it runs
 * already, the terminal joins it.
 */
export async function start(workspace: string, configuration: string | undefined): Promise<void> {
  const say = (text: string): void => void process.stderr.write(`${text}\n`);
  const terminal = new Terminal({
    input: process.stdin,
    output: process.stdout,
    prompt: 'chatops> ',
    historyFile: path.join(workspace, STATE_FOLDER, 'shell_history')
  });
  const running = await new EndpointPlace(workspace).find();
  if (running) {
    say(
      `The bot of this workspace is running already (process ${running.pid}); this terminal joins it.`
    );
    await joinBot(running, terminal);
    process.exit(exitCode.ok);
  }
  const bot = await Bot.start({
    workspace,
    ...(configuration !== undefined && { configuration }),
    programs,
    version,
    terminal,
    onEnd: () => process.exit(exitCode.ok)
  });
  lookAfter(bot);
  for (const line of introduction(bot)) {
    say(line);
  }
}

function introduction(bot: Bot): string[] {
  const skills = bot.engine.registry.list();
  const live = skills.filter(({ state }) => state === 'live').map(({ name }) => name);
  return [
    `ChatOps ${bot.version}, configured by ${bot.configurationName}.`,
    live.length > 0 ? `Live skills: ${live.join(', ')}.` : 'No skill is live.',
    ...(bot.webAddress() ? [`Listening on ${bot.webAddress()!.url}.`] : []),
    ...bot.warnings().map(({ message }) => `Note: ${message}`),
    bot.connectorNames().includes('shell')
      ? 'Say `help` to see what it understands; Ctrl-D leaves.'
      : 'No `shell` connector is configured, so nothing can be said here; Ctrl-C ends the bot.'
  ];
}
