import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Configuration, Secrets } from '../../../src/bot/config';
import { BotLog, logPath } from '../../../src/bot/logging';
import { RealBot } from '../real-bot';
import type { Case, Facts, Finding, Observed } from '../case';
import { Stage } from '../stage';

const PROGRAM = path.resolve(import.meta.dirname, '../../../dist/chatops.cjs');

/** A configuration in which nothing is wrong. */
const VALID = 'logging:\n  level: info\nskills:\n  devtools: {}\n';

/** Runs the command line, and writes logs. */
export function playHost(given: Case): Promise<Finding | undefined> {
  if (given.area === 'cli' && Array.isArray(given.input.argv)) {
    return Stage.play(stage => playCommand(stage, given));
  }
  return given.area === 'logging' && 'configure' in given.input
    ? Stage.play(stage => playLog(stage, given))
    : Promise.resolve(undefined);
}

async function playCommand(stage: Stage, { input, expect, successor }: Case): Promise<Finding> {
  const argv = input.argv as string[];
  const folder = stage.folder({
    'configuration.yaml': VALID,
    'full_valid.yaml': VALID,
    'broken.yaml': 'web: [\n'
  });
  if (argv[0] === 'start') {
    const { bot } = await RealBot.start(stage, { 'configuration.yaml': VALID });
    return { observed: { runs: bot.isReady() } };
  }
  const { code, out } = await run(argv, folder);
  const observed: Observed = {
    exit: code,
    // In our own words: what matters is that it is said, and what it says of the version.
    stdout: (words: string) =>
      words.includes('<version>')
        ? /\d/.test(out) && out.trim().split('\n').length === 1
        : out.trim() !== ''
  };
  void expect;
  if (successor === undefined) {
    return { observed };
  }
  // What is right is built, and what is not fails.
  writeFileSync(path.join(folder, 'configuration.yaml'), 'skills:\n  gone: {path: gone.ts}\n');
  const broken = await run(argv, folder);
  return {
    observed: { right: code, wrong: broken.code !== 0 },
    expected: { right: 0, wrong: true }
  };
}

function run(argv: readonly string[], cwd: string): Promise<{ code: number | null; out: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROGRAM, ...argv], {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe']
    });
    let out = '';
    child.stdout.on('data', chunk => (out += String(chunk)));
    child.stderr.on('data', chunk => (out += String(chunk)));
    child.on('error', reject);
    child.on('close', code => resolve({ code, out }));
  });
}

async function playLog(stage: Stage, { given, expect }: Case): Promise<Finding> {
  const folder = stage.folder();
  const { values, warnings } = Configuration.parse(
    JSON.stringify({ logging: given }),
    'c.json',
    {}
  );
  const written: string[] = [];
  const log = new BotLog(new Secrets(), { write: text => written.push(text) });
  stage.onEnd(() => log.close());
  const file = logPath(values.logging, folder, folder);
  const problem = log.configure(values.logging, file);
  log.part('case').info('something');
  log.part('case').debug('a detail');
  const isInFile =
    file !== undefined && existsSync(file) && readFileSync(file, 'utf8').includes('something');
  const told = Object.keys(given).filter(key =>
    warnings.some(({ message }) => message.includes(`\`logging.${key}\``))
  );
  if ('used' in expect) {
    return {
      replaced: '`level`, and lines of JSON for programs that choose; the configuration says so',
      observed: { told },
      expected: { told: Object.keys(given as Facts) }
    };
  }
  return {
    observed: {
      handlers: (names: string[]) =>
        problem === undefined &&
        names.every(name => /file|rich|stream/.test(name)) &&
        isInFile === names.includes('rotating file') &&
        // The panel has the newest lines in any case.
        log.tail(1)[0]?.includes('something') === true &&
        (given.console === true) === written.length > 0,
      level: values.logging.level.toUpperCase()
    }
  };
}
