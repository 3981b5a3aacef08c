import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, realpathSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ChatOpsError, chatOpsError, reasonOf, type ErrorRecord } from '../../protocol';
import { EndpointPlace, type Endpoint } from '../server';
import { programFile } from './program';
import { fileReason } from '../file-reason';

/** How long a bot may take to start, in milliseconds: small cloud machines are slow. */
const START_TIMEOUT = 60_000;

/** What a bot that is being started tells the process that started it. */
export type StartMessage = { ready: true } | { error: ErrorRecord };

/** How many of the last lines of a failed start are shown. */
const LAST_LINES = 20;

/**
 * The running bot of a workspace; one is started when there is none. It lives on when this process
 * ends, and leaves some seconds after its last client.
 *
 * @throws ChatOpsError `CHATOPS_WORKSPACE` or `CHATOPS_BOT_START` with the last lines of its log.
 */
export async function ensureBot(workspace: string, configuration?: string): Promise<Endpoint> {
  const place = new EndpointPlace(existing(workspace));
  return (await place.find()) ?? start(place, workspace, configuration);
}

async function start(
  place: EndpointPlace,
  workspace: string,
  configuration: string | undefined
): Promise<Endpoint> {
  const outcome = await spawnBot(place.startLog, workspace, configuration);
  if ('error' in outcome && outcome.error.code !== 'CHATOPS_SOCKET_IN_USE') {
    throw new ChatOpsError({ ...outcome.error, log: lastLines(place.startLog) });
  }
  // Two may have begun at the same time; the one that lost the socket leaves it to the other.
  for (let waited = 0; waited < START_TIMEOUT; waited += 50) {
    const endpoint = await place.find();
    if (endpoint) {
      return endpoint;
    }
    await sleep(50);
  }
  throw startError('it did not answer in time', place.startLog);
}

function spawnBot(
  log: string,
  workspace: string,
  configuration: string | undefined
): Promise<StartMessage> {
  const output = openSync(log, 'w', 0o600);
  const child = spawn(
    process.execPath,
    [
      programFile,
      'serve',
      '--workspace',
      workspace,
      ...(configuration ? ['--config', configuration] : [])
    ],
    {
      detached: true,
      stdio: ['ignore', output, output, 'ipc'],
      cwd: workspace,
      env: withoutJupyterSecrets(process.env),
      windowsHide: true
    }
  );
  closeSync(output);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill();
      reject(startError('it did not get ready in time', log));
    }, START_TIMEOUT);
    const settle = (): void => {
      clearTimeout(timer);
      if (child.connected) {
        child.disconnect();
      }
      child.unref();
    };
    child.on('message', (message: StartMessage) => {
      settle();
      resolve(message);
    });
    child.on('error', error => {
      settle();
      reject(startError(reasonOf(error), log));
    });
    child.on('exit', (code, signal) => {
      settle();
      reject(startError(signal ? `it was ended by ${signal}` : `it ended with code ${code}`, log));
    });
  });
}

/** An environment without what Jupyter keeps there for itself: skills can read that of the bot. */
export function withoutJupyterSecrets(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const isSecret = (name: string): boolean =>
    /^(JPY|JUPYTERHUB|CONFIGPROXY)_/i.test(name) ||
    /^JUPYTER_.*(TOKEN|PASSWORD|SECRET)/i.test(name);
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !isSecret(name)));
}

function startError(reason: string, log: string): ChatOpsError {
  return chatOpsError('CHATOPS_BOT_START', { reason }, { log: lastLines(log) });
}

function lastLines(file: string): string[] {
  return existsSync(file)
    ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-LAST_LINES)
    : [];
}

function existing(workspace: string): string {
  try {
    return realpathSync(workspace);
  } catch (error) {
    throw chatOpsError('CHATOPS_WORKSPACE', { path: workspace, reason: fileReason(error) });
  }
}
