import { CommanderError } from 'commander';
import { formatError, toErrorRecord } from '../../protocol';
import { commandLine } from './command-line';
import { exitCode } from './exit-code';

async function main(): Promise<void> {
  // Node's own notes about experimental features say nothing to the people who read this.
  process.removeAllListeners('warning');
  try {
    const program = await commandLine(process.argv[2]);
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has written the reason already; help and version are no failures.
      process.exitCode = error.exitCode === 0 ? exitCode.ok : exitCode.usage;
    } else {
      process.stderr.write(`${formatError(toErrorRecord(error))}\n`);
      process.exitCode = exitCode.failed;
    }
  }
}

void main();
