import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { commandsPage } from '../skills';
import { testExamples, reportText } from './example-test';
import { print } from './print';
import { showTestFile } from './test-file';
import { exitCode } from './exit-code';
import { placeOf, withExplainer } from './explainer';
import { traceText } from './trace-text';
import {
  configOption,
  workspaceOf,
  workspaceOption,
  type WorkspaceOptions
} from './workspace-options';

/** What a bot understands, without anything being run: `why`, `test` and `docs`. */
export function understandingCommands(): Command[] {
  return [why(), test(), docs()];
}

function why(): Command {
  interface WhyOptions extends WorkspaceOptions {
    user?: string;
    room?: string;
    connector?: string;
    json: boolean;
  }
  return command('why', 'show what the bot would do with a text, and why; nothing is run')
    .argument('<text...>', 'what someone might say')
    .option('--user <name>', 'who says it; you when not said')
    .option('--room <room>', 'where; general when not said')
    .option('--connector <name>', 'by which connector; panel when not said')
    .option('--json', 'the trace as JSON, for programs', false)
    .action(async (words: string[], options: WhyOptions) => {
      const trace = await withExplainer(options, explainer =>
        explainer.explain(words.join(' '), placeOf(options))
      );
      print(options.json ? JSON.stringify(trace) : traceText(trace));
    });
}

function test(): Command {
  return command(
    'test',
    'hold each example of each command against all skills; or run files of tests'
  )
    .argument('[names...]', 'skills whose examples are meant, all when not said; or files of tests')
    .option('--json', 'as JSON, for programs; of examples alone', false)
    .action(async (names: string[], options: WorkspaceOptions & { json: boolean }) => {
      const files = names.filter(name => /\.[cm]?[jt]s$/.test(name));
      const skills = names.filter(name => !files.includes(name));
      process.exitCode = exitCode.ok;
      for (const file of files) {
        if ((await showTestFile(file, workspaceOf(options))) !== 0) {
          process.exitCode = exitCode.failed;
        }
      }
      if (files.length > 0 && skills.length === 0) {
        return;
      }
      const report = await withExplainer(options, explainer => testExamples(explainer, skills));
      print(options.json ? JSON.stringify(report) : reportText(report));
      const isWrong = report.results.some(({ problem }) => problem !== undefined);
      if (isWrong || report.broken.length > 0) {
        process.exitCode = exitCode.failed;
      }
    });
}

function docs(): Command {
  return command('docs', 'write a page of Markdown with every command of the bot')
    .option('-o, --output <file>', 'the file to write; printed when not said')
    .action(async (options: WorkspaceOptions & { output?: string }) => {
      const page = await withExplainer(options, async ({ name, skills }) =>
        commandsPage(name, skills)
      );
      if (options.output === undefined) {
        print(page.trimEnd());
      } else {
        writeFileSync(path.resolve(options.output), page);
        print(`wrote ${options.output}`);
      }
    });
}

function command(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .addOption(workspaceOption())
    .addOption(configOption());
}
