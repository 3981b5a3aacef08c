import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { build } from './setup/build.mjs';
import { PythonEnvironment } from './setup/environment.mjs';
import { root, tools } from './setup/folders.mjs';
import { CommandError, Log } from './setup/log.mjs';
import { installPackages } from './setup/packages.mjs';
import { Problem } from './setup/problem.mjs';
import { Progress } from './setup/progress.mjs';
import { findPython } from './setup/python.mjs';
import { openBrowser } from './start/browser.mjs';
import { JupyterLab } from './start/jupyter-lab.mjs';
import { help, readOptions } from './start/options.mjs';

const progress = new Progress();
const environment = new PythonEnvironment(path.join(root, '.venv'));
/** @type {Log} */
let log;
let stopping = false;
const lab = new JupyterLab(environment, path.join(tools, 'jupyterlab.log'));

async function main() {
  const options = readOptions(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
  if (options.help) {
    console.log(help);
    return;
  }
  log = new Log(path.join(tools, 'start.log'));
  stopOnSignals();
  makeFolder(options.workspace);
  await lab.expectFree(options.port);
  const python = findPython();
  const requirements = path.join(root, 'scripts/start/requirements.txt');
  await progress.step('npm packages', () => installPackages(log));
  await progress.step('Build', () => build(log));
  await progress.step('JupyterLab from PyPI', () => environment.install(python, requirements, log));
  await progress.step('ChatOps for JupyterLab', () => environment.installWheel(log));
  await progress.step('Start', () => lab.start(options.workspace, options.port));
  console.log(`
  ChatOps is ready:  ${lab.page}

  Workspace          ${options.workspace}
  JupyterLab's log   ${lab.log}
  To stop            Ctrl-C
`);
  if (options.browser) {
    openBrowser(lab.page, environment);
  }
  const code = await lab.ended();
  if (!stopping) {
    console.log('JupyterLab has ended.');
    process.exitCode = code === 0 ? 0 : 1;
  }
}

/** Ctrl-C, a closed terminal, or a supervisor: everything that was started ends, and we say so. */
function stopOnSignals() {
  const stop = async () => {
    if (stopping) {
      // Asked twice: no more patience.
      lab.kill();
      process.exit(1);
    }
    stopping = true;
    log.stop();
    console.log();
    if (lab.isRunning) {
      await progress.step('Stopping JupyterLab, its kernels and the bot', () => lab.stop());
    } else {
      console.log('Stopped.');
    }
    process.exit();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => void stop());
  }
}

/** @param {string} folder */
function makeFolder(folder) {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    const isFile = statSync(folder, { throwIfNoEntry: false })?.isFile();
    const reason = isFile ? 'it is a file' : /** @type {Error} */ (error).message;
    throw new Problem(`The workspace ${folder} cannot be used: ${reason}.`);
  }
}

main().catch(error => {
  if (stopping) {
    return;
  }
  if (error instanceof CommandError) {
    console.error(`\n${error.output}\n${error.message}. The whole log is in ${log.file}.`);
  } else {
    console.error(error instanceof Problem ? error.message : error);
  }
  process.exit(1);
});
