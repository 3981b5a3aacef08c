import { chatOpsError, didYouMean } from '../protocol';
import type { ConfigSchema, ConfigRule } from './api';

/** The words of a rule that are known. */
const KEYS = ['type', 'required', 'default', 'choices', 'description'];

/** What a value of each type is, in words and as a test. */
const TYPES: Readonly<Record<string, readonly [string, (value: unknown) => boolean]>> = {
  string: ['a text', value => typeof value === 'string'],
  number: ['a number', value => typeof value === 'number'],
  boolean: ['true or false', value => typeof value === 'boolean'],
  list: ['a list', Array.isArray],
  mapping: [
    'a group of keys',
    value => typeof value === 'object' && value !== null && !Array.isArray(value)
  ]
};

/**
 * A skill's section of the configuration, held against what the skill says about it, with its
 * defaults where the section says nothing; opsdroid's `CONFIG_SCHEMA`.
 *
 * @param skill - named in the error.
 * @throws ChatOpsError `CHATOPS_CONFIG_INVALID` for a value that is missing or wrong, or a rule that
 * is none.
 */
export function applyConfigSchema(
  skill: string,
  schema: unknown,
  config: Readonly<Record<string, unknown>>
): Record<string, unknown> {
  const result: Record<string, unknown> = { ...config };
  for (const [key, rule] of Object.entries(readSchema(skill, schema))) {
    const value = result[key] ?? rule.default;
    const refuse = (reason: string): Error =>
      chatOpsError('CHATOPS_CONFIG_INVALID', { key: `skills.${skill}.${key}`, reason });
    if (value === undefined || value === null) {
      if (rule.required) {
        throw refuse('is missing');
      }
      continue;
    }
    const [words, fits] = TYPES[rule.type ?? ''] ?? [];
    if (fits && !fits(value)) {
      throw refuse(`must be ${words}`);
    }
    if (rule.choices && !rule.choices.includes(value)) {
      throw refuse(`must be ${rule.choices.map(String).join(' or ')}`);
    }
    result[key] = value;
  }
  return result;
}

function readSchema(skill: string, schema: unknown): ConfigSchema {
  const refuse = (reason: string): Error =>
    chatOpsError('CHATOPS_CONFIG_INVALID', { key: `configSchema of ${skill}`, reason });
  const isObject = TYPES.mapping![1];
  if (!isObject(schema)) {
    throw refuse('must be an object with a rule for each key');
  }
  for (const [key, rule] of Object.entries(schema as Record<string, ConfigRule>)) {
    if (!isObject(rule)) {
      throw refuse(`must have an object as \`${key}\`, such as \`{ type: 'string' }\``);
    }
    const unknown = Object.keys(rule).find(word => !KEYS.includes(word));
    if (unknown !== undefined) {
      throw refuse(`has no \`${unknown}\` in \`${key}\`${didYouMean(unknown, KEYS)}`);
    }
    if (rule.type !== undefined && !(rule.type in TYPES)) {
      throw refuse(`must have one of ${Object.keys(TYPES).join(', ')} as the type of \`${key}\``);
    }
  }
  return schema as ConfigSchema;
}
