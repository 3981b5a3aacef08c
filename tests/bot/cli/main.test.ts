import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { defaultConfiguration } from '../../../src/bot/config';
import type { Endpoint } from '../../../src/bot/server';
import { chatops, RunningCommand } from '../../support/command';
import { isolateEndpoints, RawClient } from '../../support/live-bot';
import { temporaryFolder } from '../../support/temporary-folder';

beforeEach(isolateEndpoints);

/** A workspace as `chatops init` makes it. */
async function workspace(): Promise<string> {
  const folder = temporaryFolder();
  await chatops(['init', folder]);
  return folder;
}

/** The bot of a folder, started when there is none, and ended with the test. */
async function ensure(folder: string, env: Record<string, string> = {}): Promise<Endpoint> {
  const { output, errors } = await chatops(['ensure', '-w', folder], { env });
  const endpoint = JSON.parse(output) as Endpoint;
  expect(errors).toBe('');
  onTestFinished(() => {
    try {
      process.kill(endpoint.pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  });
  return endpoint;
}

describe('help', () => {
  test('explains every command, and succeeds', async () => {
    const { code, output } = await chatops(['--help']);
    expect(code).toBe(0);
    for (const command of ['start', 'init', 'config', 'logs', 'fixture', 'workshop', 'version']) {
      expect(output).toMatch(new RegExp(`^  ${command} `, 'm'));
    }
    expect((await chatops(['config', 'lint', '--help'])).output).toContain(
      'every mistake with its line and column'
    );
  });

  test('is pointed to when a command is called wrongly', async () => {
    for (const args of [['dance'], ['start', '--loud'], ['logs', '-n', 'many'], ['fixture']]) {
      const { code, errors } = await chatops(args);
      expect([args, code]).toEqual([args, 2]);
      expect(errors).toContain('error: ');
    }
  });

  test('is what one gets without a command', async () => {
    const { code, errors } = await chatops([]);
    expect(code).toBe(2);
    expect(errors).toContain('Usage: chatops');
  });
});

test('version is that of the package', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect((await chatops(['version'])).output).toBe(`${version}\n`);
  expect((await chatops(['--version'])).output).toBe(`${version}\n`);
});

describe('init', () => {
  test('makes a workspace that answers hello, and never overwrites', async () => {
    const folder = path.join(temporaryFolder(), 'new');
    const first = await chatops(['init', folder]);
    expect(first.output.split('\n')).toEqual([
      'wrote configuration.yaml',
      'wrote skills/hello/index.ts',
      'wrote tsconfig.json',
      'wrote .gitignore',
      'wrote .chatops/types',
      `Now run \`chatops start\` in ${folder} and say hello.`,
      ''
    ]);
    appendFileSync(path.join(folder, 'configuration.yaml'), '# mine\n');
    expect((await chatops(['init'], { cwd: folder })).output).toBe(
      'wrote .chatops/types\nNow run `chatops start` and say hello.\n'
    );
    expect(readFileSync(path.join(folder, 'configuration.yaml'), 'utf8')).toContain('# mine');
    const { output } = await chatops(['start'], { cwd: folder, input: 'hello\n' });
    expect(output).toMatch(/^(Hi|Hello|Hey) \w+\n$/);
  });

  test('says why when the folder cannot be written', async () => {
    const occupied = path.join(temporaryFolder({ file: '' }), 'file', 'folder');
    const { code, errors } = await chatops(['init', occupied]);
    expect(code).toBe(1);
    expect(errors).toContain('CHATOPS_WORKSPACE_READ_ONLY');
  });
});

describe('config', () => {
  test('gen prints the default, path says which file holds', async () => {
    expect((await chatops(['config', 'gen'])).output).toBe(defaultConfiguration);
    const folder = await workspace();
    const file = path.join(folder, 'configuration.yaml');
    expect((await chatops(['config', 'path'], { cwd: path.join(folder, 'skills') })).output).toBe(
      `${file}\n`
    );
    expect((await chatops(['config', 'path', '-f', 'other.yaml'], { cwd: folder })).output).toBe(
      `${path.join(folder, 'other.yaml')}\n`
    );
  });

  test('lint is content with what is right', async () => {
    const { code, output, errors } = await chatops(['config', 'lint'], { cwd: await workspace() });
    expect([code, errors]).toEqual([0, '']);
    expect(output).toMatch(/configuration\.yaml: 0 errors, 0 warnings\n$/);
  });

  test('lint tells every mistake with its place, and fails', async () => {
    const folder = temporaryFolder({
      'configuration.yaml':
        'loging:\n  level: info\nskills:\n  - name: a\n    path: nowhere\n  - name: nobody\n    timeout: x\n'
    });
    const { code, output, errors } = await chatops(['config', 'lint'], { cwd: folder });
    expect(code).toBe(3);
    expect(errors.match(/^CHATOPS_.*$/gm)).toEqual([
      'CHATOPS_CONFIG_INVALID at configuration.yaml:7:14',
      'CHATOPS_SKILL_PATH at configuration.yaml:5:11',
      'CHATOPS_SKILL_SOURCE at configuration.yaml:6:5',
      'CHATOPS_CONFIG_UNKNOWN_KEY at configuration.yaml:1:1'
    ]);
    expect(errors).toContain('> 5 |     path: nowhere');
    expect(output).toMatch(/: 3 errors, 1 warning\n$/);
  });
});

describe('start', () => {
  test('answers what is piped in, then ends', async () => {
    const { code, output, errors } = await chatops(['start'], {
      cwd: await workspace(),
      input: 'hello\nnothing\nhelp skills\n'
    });
    expect(code).toBe(0);
    expect(output).toMatch(/^(Hi|Hello|Hey) \w+\n- \*\*devtools\*\*.*\n- \*\*hello\*\*.*\n$/);
    expect(errors).toContain('Live skills: devtools, hello.');
  });

  test('joins the bot that runs already, and leaves it running', async () => {
    const folder = await workspace();
    const endpoint = await ensure(folder);
    const { code, output, errors } = await chatops(['start'], { cwd: folder, input: 'hello\n' });
    expect([code, output]).toEqual([0, expect.stringMatching(/^(Hi|Hello|Hey) \w+\n$/)]);
    expect(errors).toBe(
      `The bot of this workspace is running already (process ${endpoint.pid}); this terminal joins it.\n`
    );
    expect((await ensure(folder)).pid).toBe(endpoint.pid);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('ends in good order on %s', async signal => {
    const folder = await workspace();
    const command = new RunningCommand(['start'], { cwd: folder });
    await command.wrote('Ctrl-D leaves');
    command.child.kill(signal);
    expect((await command.ended).code).toBe(0);
    expect(readFileSync(path.join(folder, '.chatops/chatops.log'), 'utf8')).toContain(
      `stopping: it received ${signal}`
    );
  });

  test('says so when there is nothing to talk by in the terminal', async () => {
    const folder = temporaryFolder({ 'configuration.yaml': 'connectors: []\n' });
    const command = new RunningCommand(['start'], { cwd: folder });
    await command.wrote('No `shell` connector is configured');
    command.child.kill('SIGINT');
    expect((await command.ended).code).toBe(0);
  });

  test('tells what is wrong with the configuration, and is there', async () => {
    const folder = temporaryFolder({
      'configuration.yaml': 'connectors:\n  - name: shell\nskils:\n'
    });
    const { errors } = await chatops(['start'], { cwd: folder, input: '\n' });
    expect(errors).toContain(
      'Note: `skils` is not a key that ChatOps knows (did you mean `skills`?).'
    );
  });
});

describe('ensure', () => {
  test('starts one bot, however many ask at once', async () => {
    const folder = await workspace();
    const endpoints = await Promise.all([ensure(folder), ensure(folder), ensure(folder)]);
    expect(new Set(endpoints.map(({ pid }) => pid)).size).toBe(1);
    expect(endpoints[0]).toMatchObject({
      workspace: folder,
      managed: true,
      socket: expect.any(String)
    });
  });

  test('finds the workspace by its configuration, or by what Jupyter says', async () => {
    const folder = await workspace();
    const { pid } = await ensure(folder);
    const below = await chatops(['ensure'], { cwd: path.join(folder, 'skills/hello') });
    const told = await chatops(['ensure'], {
      cwd: temporaryFolder(),
      env: { CHATOPS_WORKSPACE: folder }
    });
    expect([below, told].map(({ output }) => (JSON.parse(output) as Endpoint).pid)).toEqual([
      pid,
      pid
    ]);
  });

  test('starts another one when the bot was killed, and the conversation goes on', async () => {
    const folder = await workspace();
    const first = await ensure(folder);
    const before = await RawClient.greeted(first);
    await before.ask('hello');
    process.kill(first.pid, 'SIGKILL');
    await before.closed();
    const second = await ensure(folder);
    expect(second.pid).not.toBe(first.pid);
    const after = await RawClient.greeted(second);
    expect((await after.next('message')).message.text).toBe('hello');
    expect(await after.ask('hello')).toHaveLength(1);
  });

  test("keeps Jupyter's secrets from the bot, and nothing else", async () => {
    const folder = temporaryFolder({
      'configuration.yaml': 'skills:\n  - name: env\n    path: env.ts\n',
      'env.ts': `import { matchRegex } from 'chatops';
export const env = matchRegex(/(\\w+)/, m => m.respond(String(process.env[m.match[1]])));`
    });
    const secrets = [
      'JUPYTER_TOKEN',
      'JUPYTERHUB_API_TOKEN',
      'JPY_API_TOKEN',
      'CONFIGPROXY_AUTH_TOKEN'
    ];
    const env = Object.fromEntries([...secrets, 'SLACK_URL'].map(name => [name, 'value']));
    const client = await RawClient.greeted(await ensure(folder, env));
    for (const name of secrets) {
      expect(await client.ask(name)).toEqual(['undefined']);
    }
    expect(await client.ask('SLACK_URL')).toEqual(['value']);
  });

  test('says why there is no bot, as JSON', async () => {
    const { code, output } = await chatops(['ensure', '-w', '/nowhere/at/all']);
    expect(code).toBe(1);
    expect(JSON.parse(output)).toMatchObject({ error: { code: 'CHATOPS_WORKSPACE' } });
  });

  test('a bot that nobody needs any more leaves', async () => {
    const endpoint = await ensure(await workspace());
    const presence = await RawClient.open(endpoint, { pathname: '/presence' });
    expect(existsSync(endpoint.socket!)).toBe(true);
    presence.terminate();
    await expect.poll(() => existsSync(endpoint.socket!), { timeout: 15_000 }).toBe(false);
  });
});

describe('logs', () => {
  test('shows the last lines, and with -f what is added', async () => {
    const folder = temporaryFolder({
      'configuration.yaml': 'logging:\n  path: my.log\n',
      'my.log': 'one\ntwo\nthree\n'
    });
    expect((await chatops(['logs', '-n', '2'], { cwd: folder })).output).toBe('two\nthree\n');
    const following = new RunningCommand(['logs', '-f', '-n', '1'], { cwd: folder });
    await following.wrote('three\n');
    appendFileSync(path.join(folder, 'my.log'), 'four\n');
    await following.wrote('three\nfour\n');
  });

  test('says so when there is none', async () => {
    const { code, errors } = await chatops(['logs'], { cwd: await workspace() });
    expect(code).toBe(1);
    expect(errors).toContain('no bot has written it yet');
  });
});

describe('fixture', () => {
  test('serves facts and tells the workspace where', async () => {
    const folder = temporaryFolder({ '.env': 'OTHER=1\nCHUCK_URL=http://old\n' });
    const command = new RunningCommand(['fixture', 'chuck', '-w', folder]);
    await command.wrote('"url"');
    const variables = readFileSync(path.join(folder, '.env'), 'utf8');
    const url = /^CHUCK_URL=(http:\/\/127\.0\.0\.1:\d+)$/m.exec(variables)?.[1];
    expect(variables.split('\n')[0]).toBe('OTHER=1');
    const response = await fetch(`${url}/jokes/random`);
    expect(await response.json()).toMatchObject({ value: expect.stringContaining('Chuck Norris') });
    expect((await fetch(`${url}/else`)).status).toBe(404);
  });

  test('that is not known is an error with those that are', async () => {
    const { code, errors } = await chatops(['fixture', 'chuk'], { cwd: temporaryFolder() });
    expect(code).toBe(1);
    expect(errors).toContain('There is no fixture named `chuk` (did you mean `chuck`?).');
  });
});
