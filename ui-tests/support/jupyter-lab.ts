import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** How long JupyterLab may take to end its kernels and the bot, in milliseconds. */
const STOP_TIMEOUT = 15_000;

/** How often one looks whether JupyterLab is there, in milliseconds. */
const POLL = 50;

/** The cookie by which a browser says who is in front of it. */
export const PERSON_COOKIE = 'person';

/** Jupyter's configuration: whoever knows the token is who their browser says they are, as with a Hub. */
const PEOPLE = `
from jupyter_server.auth import IdentityProvider, User

class People(IdentityProvider):
    def get_user(self, handler):
        return self.find(handler)

    async def find(self, handler):
        user = await self._get_user(handler)
        name = handler.get_cookie("${PERSON_COOKIE}")
        return User(username=name, name=name, display_name=name) if user and name else user

c.ServerApp.identity_provider_class = People
`;

interface ServerInfo {
  url: string;
  token: string;
}

/** A JupyterLab of its own: a new workspace, settings that nobody set, and a token. */
export class JupyterLab {
  /** The folder that JupyterLab shows. */
  readonly workspace: string;
  /** The folder of what was set in it. */
  readonly settings: string;
  /** Where it is, with a slash at the end. */
  url = '';
  token = '';

  private readonly folder: string;
  private child: ChildProcess | undefined;
  private output = '';

  constructor() {
    this.folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'chatops-ui-')));
    this.workspace = this.make('workspace');
    this.settings = this.make('settings');
  }

  /** What the server has written. */
  get log(): string {
    return this.output;
  }

  /** The address of a page, with the token that lets one in. */
  page(address: string): string {
    return `${this.url}${address}${address.includes('?') ? '&' : '?'}token=${this.token}`;
  }

  /**
   * @param variables - more of the server's environment.
   * @param app - `lab`, or `notebook` for Notebook 7.
   */
  async start(variables: Record<string, string> = {}, app = 'lab'): Promise<void> {
    const runtime = this.make('runtime');
    const config = this.make('config');
    writeFileSync(path.join(config, 'jupyter_server_config.py'), PEOPLE);
    this.child = spawn(
      'jupyter',
      [
        app,
        '--no-browser',
        '--ServerApp.ip=127.0.0.1',
        '--ServerApp.port=0',
        `--ServerApp.root_dir=${this.workspace}`,
        ...(process.getuid?.() === 0 ? ['--allow-root'] : [])
      ],
      {
        cwd: this.workspace,
        env: {
          ...process.env,
          JUPYTER_CONFIG_DIR: config,
          JUPYTER_DATA_DIR: this.make('data'),
          JUPYTER_RUNTIME_DIR: runtime,
          JUPYTERLAB_SETTINGS_DIR: this.settings,
          JUPYTERLAB_WORKSPACES_DIR: this.make('workspaces'),
          ...variables
        },
        stdio: ['ignore', 'pipe', 'pipe'],
        // A group of its own, so that whatever it leaves behind can be ended with it.
        detached: process.platform !== 'win32'
      }
    );
    this.child.stdout!.on('data', chunk => (this.output += String(chunk)));
    this.child.stderr!.on('data', chunk => (this.output += String(chunk)));
    ({ url: this.url, token: this.token } = await this.answers(runtime));
  }

  /** Ends JupyterLab with its kernels and the bot, and removes what it wrote. */
  async stop(): Promise<void> {
    const { child } = this;
    if (child && child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      const headers = { authorization: `token ${this.token}` };
      await this.endKernels(headers).catch(() => undefined);
      await fetch(`${this.url}api/shutdown`, { method: 'POST', headers }).catch(() => undefined);
      const timer = setTimeout(() => this.kill(), STOP_TIMEOUT);
      await ended;
      clearTimeout(timer);
    }
    // A bot that was started just now may still be writing its last line.
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  /** A kernel that outlives the bot by a moment would start another one. */
  private async endKernels(headers: Record<string, string>): Promise<void> {
    const kernels = (await (await fetch(`${this.url}api/kernels`, { headers })).json()) as {
      id: string;
    }[];
    await Promise.all(
      kernels.map(({ id }) => fetch(`${this.url}api/kernels/${id}`, { method: 'DELETE', headers }))
    );
  }

  private async answers(runtime: string): Promise<ServerInfo> {
    for (;;) {
      if (this.child!.exitCode !== null) {
        throw new Error(`JupyterLab ended before it was ready:\n${this.output}`);
      }
      const [file] = readdirSync(runtime).filter(name => /^jpserver-\d+\.json$/.test(name));
      if (file) {
        try {
          const info = JSON.parse(readFileSync(path.join(runtime, file), 'utf8')) as ServerInfo;
          const url = info.url.replace('localhost', '127.0.0.1');
          const headers = { authorization: `token ${info.token}` };
          if ((await fetch(`${url}api/status`, { headers })).ok) {
            return { url, token: info.token };
          }
        } catch {
          // The file is being written, or the server does not listen yet.
        }
      }
      await new Promise(resolve => setTimeout(resolve, POLL));
    }
  }

  private make(name: string): string {
    const folder = path.join(this.folder, name);
    mkdirSync(folder);
    return folder;
  }

  private kill(): void {
    const pid = this.child?.pid;
    if (pid !== undefined) {
      // Below zero it means the whole process group.
      process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
    }
  }
}
