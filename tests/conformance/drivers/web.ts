import path from 'node:path';
import { Configuration, Secrets } from '../../../src/bot/config';
import { HttpHost } from '../../../src/bot/server';
import { Figures } from '../../../src/bot/web/figures';
import { mountPages } from '../../../src/bot/web/web-pages';
import { WebServer } from '../../../src/bot/web/web-server';
import { MemoryJournal } from '../../../src/engine';
import { toWebhookAnswer } from '../../../src/skill/host';
import { certificate, certificateKey } from '../../support/certificate';
import { EngineHarness } from '../../support/engine';
import { record, skill } from '../../support/skills';
import type { Case, Facts, Finding, Observed } from '../case';
import { Stage } from '../stage';

/** What a caller must know where the case says nothing of it: here nobody is let in without. */
const TOKEN = 'conformance';

const METHODS = /^(GET|POST|PUT|PATCH|DELETE|OPTIONS|HEAD)$/;

/** Calls the bot's web server, and looks at what it does with its configuration. */
export function playWeb(given: Case): Promise<Finding | undefined> {
  const { call_endpoint: endpoint } = given.input;
  if (Array.isArray(endpoint)) {
    // The testing kit has no server to call; what it would call is there.
    const [pathname, method] = endpoint as [string, string];
    const input = { [method]: pathname };
    return Stage.play(async stage => ({
      observed: await call(stage, { ...given, input }, method)
    }));
  }
  return given.area === 'web'
    ? Stage.play(async stage => playScene(stage, given))
    : Promise.resolve(undefined);
}

async function playScene(stage: Stage, given: Case): Promise<Finding | undefined> {
  const { given: facts, input, successor } = given;
  if (successor !== undefined && /scrub|mask/.test(successor)) {
    return { observed: secretsOf(given), expected: { leaks: 'nothing' } };
  }
  if ('update_config' in input) {
    return { observed: { result: merged(facts, input) } };
  }
  if (isAboutModules(given)) {
    return playModules(stage, given);
  }
  const method = Object.keys(input).find(key => METHODS.test(key));
  if (method) {
    const observed = await call(stage, given, method);
    return successor === undefined
      ? { observed }
      : { observed, expected: { status: given.expect.status, json: true, names: true } };
  }
  const observed = await open(stage, facts, input);
  return successor === undefined
    ? { observed }
    : { observed, expected: { refused: 'CHATOPS_WEB_CERTIFICATE' } };
}

/** The command center, with which opsdroid's modules are shown and changed by HTTP. */
function isAboutModules({ given, input }: Case): boolean {
  const paths = Object.values(input).filter(value => typeof value === 'string') as string[];
  return (
    'command-center' in given ||
    'payload' in input ||
    paths.some(value => /^\/(connectors|skills|databases|parsers|config)\/?$/.test(value))
  );
}

async function playModules(stage: Stage, given: Case): Promise<Finding> {
  const { warnings } = Configuration.parse(
    'web:\n  command-center:\n    enabled: true\n',
    'c.yaml',
    {}
  );
  const method = Object.keys(given.input).find(key => METHODS.test(key)) ?? 'PATCH';
  const target = { ...given, input: { [method]: '/connectors', ...given.input } };
  const { status } = await call(stage, target, method);
  return {
    replaced:
      'the panel and `chatops skill`; the configuration says so, and nothing can be seen or changed by HTTP',
    observed: {
      told: warnings.some(({ message }) => message.includes('command-center')),
      status,
      leaks: secretsOf(given).leaks
    },
    expected: { told: true, status: 404, leaks: 'nothing' }
  };
}

/** What of a case's secrets is left in whatever the bot shows. */
function secretsOf({ given }: Case): Observed {
  const secrets = new Secrets();
  secrets.learn(given);
  const shown = JSON.stringify(secrets.maskAll(given));
  const left = JSON.stringify(given)
    .match(/"[A-Za-z-]*token"\s*:\s*"([^"]{4,})"/g)
    ?.filter(pair => shown.includes(pair));
  return { leaks: left?.length ? left.join(', ') : 'nothing' };
}

/** A section of the configuration with more keys. */
function merged({ config }: Facts, { update_config: change }: Facts): unknown {
  const [values, kind, name] = change as [Facts, string, string];
  const whole = {
    ...config,
    [kind]: { ...config?.[kind], [name]: { ...config?.[kind]?.[name], ...values } }
  };
  const { values: read } = Configuration.parse(JSON.stringify(whole), 'c.json', {});
  const section = (read as Facts)[kind].find((each: Facts) => each.name === name) as Facts;
  return Object.fromEntries(Object.entries(section).filter(([key]) => key in whole[kind][name]));
}

async function call(
  stage: Stage,
  { given, input }: Pick<Case, 'given' | 'input'>,
  method: string
): Promise<Observed> {
  const [, name = '', hook = ''] = /^\/skill\/([^/]+)\/([^/]+)/.exec(String(input[method])) ?? [];
  const journal = new MemoryJournal();
  const harness = new EngineHarness(
    name === '' ? [] : [skill(name, [record('webhook', { path: hook })], () => answer(given))],
    { journal }
  );
  const section = { ...given.web, ...given.config?.web };
  const isOpen = section['webhook-token'] === undefined;
  const { values } = Configuration.parse(
    JSON.stringify({ web: { ...section, ...(isOpen && { 'webhook-token': TOKEN }) } }),
    'c.json',
    {}
  );
  const web = new HttpHost();
  const { engine } = harness;
  const figures = new Figures({
    version: '1',
    engine,
    journal,
    connectors: () => [],
    databases: () => 0
  });
  const host = { engine, figures, isReady: () => true, secretOf: () => undefined };
  mountPages(web, host, values.web, undefined);
  const port = await web.listen('127.0.0.1', 0);
  stage.onEnd(() => web.close());
  const body = input.json === undefined ? input.body : JSON.stringify(input.json);
  const authorization =
    'Authorization' in input ? input.Authorization : isOpen && `Bearer ${TOKEN}`;
  const response = await fetch(`http://127.0.0.1:${port}${String(input[method])}`, {
    method,
    headers: { ...(authorization && { authorization }), ...input.headers },
    ...(body !== undefined && { body })
  });
  const text = await response.text();
  return {
    // Who is turned away hears 401 where opsdroid says 403.
    status: (expected: number) =>
      expected === response.status || (expected === 403 && response.status === 401),
    body: parse(text) ?? text,
    json: parse(text) !== undefined,
    names: text.includes(name),
    ...headersOf(response)
  };
}

function headersOf(response: Response): Facts {
  return { headers: Object.fromEntries(response.headers) };
}

/** What a webhook's skill does, by the words of the case. */
function answer(given: Facts): unknown {
  const words = String(given['webhook skill returns'] ?? '');
  const [, text] = /'(.*)'/.exec(words) ?? [];
  if (/throw/.test(String(given['webhook skill'] ?? ''))) {
    throw new Error('a skill of a case throws');
  }
  return text === undefined ? undefined : toWebhookAnswer(text);
}

/** Opens the web server that a configuration asks for. */
async function open(stage: Stage, given: Facts, input: Facts): Promise<Observed> {
  const folder = stage.folder({ cert: certificate, key: certificateKey });
  const section = { ...given.web };
  if (section.ssl?.cert === 'ok') {
    section.ssl = { cert: path.join(folder, 'cert'), key: path.join(folder, 'key') };
  }
  const { values } = Configuration.parse(JSON.stringify({ web: section }), 'c.json', {});
  const isTaken = given['port in use'] === true;
  const other = new HttpHost();
  const taken = isTaken ? await other.listen('127.0.0.1', 0) : undefined;
  stage.onEnd(() => (isTaken ? other.close() : undefined));
  const server = new WebServer(() => undefined);
  // Another program may hold the port that a case is about, so it is only asked for.
  const asked = WebServer.portOf(values.web);
  const port = taken ?? (input.start === true ? 0 : undefined);
  await server.configure({ ...values.web, port: port ?? 0 }, true, folder, () => Promise.resolve());
  stage.onEnd(() => server.close());
  const [scheme] = server.url?.split(':') ?? [];
  return {
    host: values.web.host,
    port: asked,
    scheme,
    refused: server.problem?.code,
    // The next change of the configuration tries again; meanwhile everything else works.
    retries: (wanted: string) =>
      wanted.startsWith('every') && server.problem?.code === 'CHATOPS_PORT_IN_USE',
    error: (wanted: string) => /Error/.test(wanted) && server.problem !== undefined
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
