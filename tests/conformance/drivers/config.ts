import {
  Configuration,
  expandVariables,
  findConfiguration,
  readConfiguration,
  retiredKeys
} from '../../../src/bot/config';
import { PositionedYaml } from '../../../src/bot/config/positioned-yaml';
import { isMapping } from '../../../src/bot/config/sections';
import { NativePattern } from '../../../src/engine';
import { ChatOpsError, type ErrorRecord } from '../../../src/protocol';
import { testBot } from '../../../src/testing';
import { matchRegex } from '../../../src/skill';
import type { Case, Facts, Finding, Observed } from '../case';
import { includes } from '../compare';
import { Stage } from '../stage';

/** The keys that hold modules, which opsdroid keeps by name and we keep in order. */
const MODULES = ['connectors', 'databases', 'parsers', 'skills'];

/** Reads configurations, and what opsdroid takes for a variable in them. */
export async function playConfig(given: Case): Promise<Finding | undefined> {
  if (given.area === 'config-env') {
    return playVariable(given);
  }
  if (given.area !== 'config') {
    return undefined;
  }
  const { env, file, existing_paths: paths } = given.given;
  if (typeof given.input.text === 'string') {
    const observed = read(given.input.text, file, env ?? {});
    return given.successor === undefined
      ? { observed }
      : { observed, expected: successorOf(given) };
  }
  if (Array.isArray(paths)) {
    return Stage.play(async stage => ({ observed: search(stage.folder()) }));
  }
  return given.given['module CONFIG_SCHEMA'] ? playSchema(given) : undefined;
}

/** Whether a scalar is a variable, by the pattern of the case, and what becomes of it here. */
function playVariable({ given, input }: Case): Finding | undefined {
  if (typeof given.regex !== 'string' || typeof input.scalar !== 'string') {
    return undefined;
  }
  const pattern = new NativePattern({
    kind: 'regex',
    pattern: given.regex,
    flags: '',
    condition: 'match',
    dialect: 'opsdroid'
  });
  const isMatched = pattern.exec(input.scalar) !== undefined;
  const yaml = PositionedYaml.parse(`a: ${input.scalar}\n`, 'c.yaml');
  const { errors } = expandVariables(yaml, {});
  // What opsdroid takes for a variable is missed here when it is not set.
  const isMissed = errors.some(({ code }) => code === 'CHATOPS_CONFIG_VARIABLE');
  return { observed: { is_env_var: isMatched && (isMissed || /-/.test(input.scalar)) } };
}

function read(text: string, file: string, env: Facts): Observed {
  try {
    const configuration = Configuration.parse(text, file, env);
    const { errors, values, warnings } = configuration;
    const raw = expandVariables(PositionedYaml.parse(text, file), env).value;
    const known = Object.fromEntries(
      Object.entries(values).map(([key, value]) => [
        key,
        MODULES.includes(key) ? byName(value as Facts[]) : value
      ])
    );
    const whole = { ...(isMapping(raw) ? raw : {}), ...known };
    return {
      config: (expected: Facts) =>
        errors.length === 0 &&
        includes(withEmptySections(expected), { ...whole, ...retired(expected, warnings) }),
      warned: warnings.length > 0,
      // `chatops config lint` says so to whoever starts the bot by a script.
      exit: errors.length > 0 ? 1 : 0,
      line: errors.every(({ where }) => where?.line !== undefined)
    };
  } catch (error) {
    const record = error instanceof ChatOpsError ? error.record : undefined;
    return { exit: record && 1, line: record?.where?.line !== undefined };
  }
}

/** Keys that mean nothing here count as read when their author is told what replaced them. */
function retired(expected: Facts, warnings: readonly ErrorRecord[]): Facts {
  return Object.fromEntries(
    Object.entries(expected).filter(([key]) => {
      const words = retiredKeys[key];
      return words !== undefined && warnings.some(({ message }) => message.includes(words));
    })
  );
}

/** A module without options has those that hold anyway, whatever stands for none of them. */
function withEmptySections(expected: Facts): Facts {
  return Object.fromEntries(
    Object.entries(expected).map(([key, value]) => [
      key,
      MODULES.includes(key) && isMapping(value) ? withoutNulls(value) : value
    ])
  );
}

function byName(sections: readonly Facts[]): Facts {
  return Object.fromEntries(sections.map(({ name, ...rest }) => [name, rest]));
}

/** What holds here instead of each kind of defect. */
function successorOf({ successor, expect, given, input }: Case): Facts {
  const raw = (): unknown =>
    PositionedYaml.parse(input.text, given.file).toValue(({ value }) => value);
  const written: unknown = expect.config ?? raw();
  const rules: readonly (readonly [RegExp, Facts])[] = [
    [/warn|suggest/, { exit: 0, warned: true }],
    [/error/, { exit: 1, line: true }],
    [/expand|interpolat|shell names/, { config: expanded(written, given.env ?? {}) }],
    [/coerc|number|typed/, { config: coerced(expanded(written, given.env ?? {})) }],
    [/treat as \{\}/, { config: withoutNulls(written) }],
    [/yes\/no|include/, expect]
  ];
  return rules.find(([about]) => about.test(successor!))?.[1] ?? { 'a rule for': successor };
}

/** A configuration with the values of its variables. */
function expanded(value: unknown, env: Facts): any {
  if (isMapping(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, expanded(inner, env)])
    );
  }
  return typeof value === 'string'
    ? value.replace(/\$\{?([A-Za-z_]\w*)\}?/g, (_, name: string) => String(env[name]))
    : value;
}

/** What reads like a number is one. */
function coerced(value: unknown): any {
  if (isMapping(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, coerced(inner)]));
  }
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
}

function withoutNulls(value: unknown): any {
  return isMapping(value)
    ? Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [
          key,
          inner === null ? {} : withoutNulls(inner)
        ])
      )
    : value;
}

/** Where a configuration is looked for, and what holds when there is none. */
function search(folder: string): Observed {
  const none = findConfiguration(folder);
  const errors: ErrorRecord[] = [];
  try {
    errors.push(...readConfiguration(none, none, {}).errors);
  } catch (error) {
    errors.push((error as ChatOpsError).record);
  }
  return {
    // Nothing outside of the workspace is written; `chatops init` and the bot's own defaults stand in.
    created: (words: string) => words.includes('example_configuration') && none.startsWith(folder)
  };
}

/** What a skill says about its section is held against it, and its defaults are there. */
async function playSchema({ given }: Case): Promise<Finding> {
  const configSchema = Object.fromEntries(
    Object.entries(given['module CONFIG_SCHEMA'] as Facts).map(([key, words]) => {
      const [type] = String(words).split(', ');
      const [, standard] = /default '(.*?)'/.exec(String(words)) ?? [];
      return [
        key,
        {
          type,
          required: String(words).includes('required'),
          ...(standard && { default: standard })
        }
      ];
    })
  );
  const seen: Facts[] = [];
  const look = matchRegex(/look/, (_bot, config) => void seen.push(config));
  const chat = testBot({ skills: [{ name: 'test', exports: { configSchema, look } }] });
  await chat.user('user').says('look');
  await chat.close();
  return {
    observed: Object.fromEntries(
      Object.entries(seen[0] ?? {}).map(([key, value]) => [`skill_config.${key}`, value])
    )
  };
}
