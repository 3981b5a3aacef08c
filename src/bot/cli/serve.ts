import { toErrorRecord } from '../../protocol';
import { Bot } from '../bot';
import { HeapTrim } from '../runtime';
import { exitCode } from './exit-code';
import { programs, version } from './program';
import type { StartMessage } from './ensure';

/** Runs a bot without a terminal, for as long as anyone is connected to it. */
export async function serve(workspace: string, configuration: string | undefined): Promise<void> {
  const tell = (message: StartMessage): void => {
    if (process.connected) {
      process.send?.(message);
    }
  };
  try {
    const bot = await Bot.start({
      workspace,
      ...(configuration !== undefined && { configuration }),
      programs,
      version,
      managed: true,
      onEnd: () => process.exit(exitCode.ok)
    });
    lookAfter(bot);
    tell({ ready: true });
  } catch (error) {
    const record = toErrorRecord(error);
    process.stderr.write(`${record.message}\n`);
    tell({ error: record });
    process.exitCode = exitCode.failed;
  }
}

/** Ends a bot in good order when its process is told to end, and gives back what only its start needed. */
export function lookAfter(bot: Bot): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      void bot.stop(`it received ${signal}`).then(() => process.exit(exitCode.ok));
    });
  }
  const trim = new HeapTrim();
  bot.engine.handled.on(() => trim.postpone());
  bot.engine.registry.changed.on(() => trim.postpone());
}
