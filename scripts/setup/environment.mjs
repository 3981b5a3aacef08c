import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fingerprint, Stamp } from './fingerprint.mjs';
import { root } from './folders.mjs';

const windows = process.platform === 'win32';

/** What a wheel is made of besides what `npm run build` makes. */
const wheelInputs = [
  'dist',
  'labextension',
  'jupyterlab_chatops',
  'jupyter-config',
  'pyproject.toml',
  'package.json',
  'scripts/hatch_build.py',
  'README.md',
  'LICENSE'
];

/** A Python environment of our own: nothing of it is seen outside, and nothing outside is touched. */
export class PythonEnvironment {
  /**
   * @param {string} folder
   * @param {NodeJS.ProcessEnv} [more] - variables for its programs besides those that it sets
   */
  constructor(folder, more = {}) {
    this.folder = folder;
    this.more = more;
    this.bin = path.join(folder, windows ? 'Scripts' : 'bin');
    this.python = path.join(this.bin, windows ? 'python.exe' : 'python');
  }

  /**
   * Makes the environment and installs packages from PyPI, unless that has been done.
   *
   * @param {import('./python.mjs').Python} python
   * @param {string} requirements - a requirements file
   * @param {import('./log.mjs').Log} log
   * @returns {Promise<string | void>} a remark when there is nothing to do
   */
  async install({ command, version }, requirements, log) {
    const stamp = new Stamp(path.join(this.folder, 'requirements.stamp'));
    const wanted = `${version.join('.')}\n${readFileSync(requirements, 'utf8')}`;
    const works = spawnSync(this.python, ['--version']).status === 0;
    if (works && stamp.matches(wanted)) {
      return 'up to date';
    }
    rmSync(this.folder, { recursive: true, force: true });
    await stamp.around(wanted, async () => {
      const [program = '', ...parameters] = command;
      await log.run(program, [...parameters, '-m', 'venv', this.folder], { env: this.variables() });
      // Jupyter's own scripts are CommonJS and must not inherit the `type` of our package.json.
      writeFileSync(path.join(this.folder, 'package.json'), '{}\n');
      await this.#pip(log, 'install', '--requirement', requirements);
    });
  }

  /**
   * Builds our wheel and installs it, if anything in it changed.
   *
   * @param {import('./log.mjs').Log} log
   * @returns {Promise<string | void>} a remark when there is nothing to do
   */
  async installWheel(log) {
    const stamp = new Stamp(path.join(this.folder, 'wheel.stamp'));
    const content = fingerprint(root, wheelInputs);
    if (stamp.matches(content)) {
      return 'up to date';
    }
    await stamp.around(content, async () => {
      const folder = path.join(this.folder, 'wheel');
      rmSync(folder, { recursive: true, force: true });
      const build = ['-m', 'hatchling', 'build', '--target', 'wheel', '--directory', folder];
      await log.run(this.python, build, { env: this.variables() });
      const [wheel = ''] = readdirSync(folder);
      // The version need not have changed, so pip has to be told that the content has.
      await this.#pip(log, 'uninstall', '--yes', 'jupyterlab-chatops');
      await this.#pip(log, 'install', path.join(folder, wheel));
    });
  }

  /**
   * The variables for programs in this environment: its own programs first on the PATH, all of
   * Jupyter's folders inside it, and nothing of the user's own Python and Jupyter.
   *
   * @returns {NodeJS.ProcessEnv}
   */
  variables() {
    const own = Object.entries(process.env).filter(([name]) => !foreign.test(name));
    const jupyter = path.join(this.folder, 'jupyter');
    const searchPath = [this.bin, process.env.PATH, path.dirname(process.execPath)];
    return {
      ...Object.fromEntries(own),
      PATH: searchPath.join(path.delimiter),
      VIRTUAL_ENV: this.folder,
      PYTHONNOUSERSITE: '1',
      PIP_DISABLE_PIP_VERSION_CHECK: '1',
      PIP_NO_INPUT: '1',
      JUPYTER_PREFER_ENV_PATH: '1',
      JUPYTER_CONFIG_DIR: path.join(jupyter, 'config'),
      JUPYTER_DATA_DIR: path.join(jupyter, 'data'),
      JUPYTER_RUNTIME_DIR: path.join(jupyter, 'runtime'),
      JUPYTERLAB_SETTINGS_DIR: path.join(jupyter, 'settings'),
      JUPYTERLAB_WORKSPACES_DIR: path.join(jupyter, 'workspaces'),
      IPYTHONDIR: path.join(jupyter, 'ipython'),
      ...this.more
    };
  }

  /**
   * @param {import('./log.mjs').Log} log
   * @param {...string} parameters
   */
  async #pip(log, ...parameters) {
    await log.run(this.python, ['-m', 'pip', ...parameters], { env: this.variables() });
  }
}

/** Variables of other Pythons and Jupyters, of the npm that runs us, and of a bot around us. */
const foreign =
  /^(PYTHON|JUPYTER|JPY_|IPYTHON|CONDA_PREFIX$|VIRTUAL_ENV|PATH$|CHATOPS_(HOME|WORKSPACE)$|INIT_CWD$|PIP_(TARGET|PREFIX|USER)$|npm_(package|lifecycle|command|execpath|node_execpath|config_(local_)?prefix))/i;
