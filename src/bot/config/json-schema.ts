import * as z from 'zod';
import {
  configurationSchema,
  connectorSchema,
  databaseSchema,
  parserSchema,
  skillSchema
} from './definition';
import type { ModuleKey } from './configuration';

/** A JSON schema, or a part of one. */
export type JsonSchema = Record<string, unknown>;

/** What modules may be told besides what holds for all of their kind, by their names. */
export type ModuleOptions = Readonly<Record<ModuleKey, Readonly<Record<string, z.ZodObject>>>>;

const baseOf: Readonly<Record<ModuleKey, z.ZodObject>> = {
  connectors: connectorSchema,
  databases: databaseSchema,
  parsers: parserSchema,
  skills: skillSchema
};

/**
 * The JSON schema of `configuration.yaml`, for editors that complete and check it. It knows both
 * styles in which modules may be written, and variables in the place of numbers and truth values.
 */
export function configurationJsonSchema(options: ModuleOptions): JsonSchema {
  const root = toJson(configurationSchema);
  const properties = root.properties as Record<string, JsonSchema>;
  for (const key of Object.keys(baseOf) as ModuleKey[]) {
    properties[key] = modules(key, options[key]);
  }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'The configuration of a ChatOps bot',
    ...withVariables(root),
    additionalProperties: false
  };
}

/** A list of sections with a name, a list of names, or a mapping from names to sections. */
function modules(key: ModuleKey, options: Readonly<Record<string, z.ZodObject>>): JsonSchema {
  const base = toJson(baseOf[key]);
  const { name: _, ...common } = base.properties as Record<string, JsonSchema>;
  const known = Object.entries(options).map(([name, schema]) => {
    const own = toJson(schema).properties as Record<string, JsonSchema>;
    return [name, { ...common, ...own }] as const;
  });
  const section = (properties: Record<string, JsonSchema>): JsonSchema => ({
    type: ['object', 'null'],
    properties,
    additionalProperties: key === 'skills'
  });
  const others = { type: ['object', 'null'], properties: common };
  return {
    anyOf: [
      {
        type: 'array',
        items: {
          anyOf: [
            { type: 'string' },
            {
              type: 'object',
              required: ['name'],
              properties: base.properties,
              ...(known.length > 0 && {
                allOf: known.map(([name, properties]) => ({
                  if: { properties: { name: { const: name } } },
                  // A word of JSON schema; nobody awaits this.
                  // oxlint-disable-next-line unicorn/no-thenable
                  then: {
                    properties: { name: {}, ...properties },
                    additionalProperties: key === 'skills'
                  }
                }))
              })
            }
          ]
        }
      },
      {
        type: 'object',
        properties: Object.fromEntries(
          known.map(([name, properties]) => [name, section(properties)])
        ),
        additionalProperties: others
      },
      { type: 'null' }
    ]
  };
}

function toJson(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return json;
}

/** Wherever a number or a truth value is expected, a variable may stand for it. */
function withVariables(schema: unknown): JsonSchema {
  if (Array.isArray(schema)) {
    return schema.map(withVariables) as never;
  }
  if (typeof schema !== 'object' || schema === null) {
    return schema as never;
  }
  const { type, ...rest } = schema as JsonSchema;
  const inner = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, withVariables(value)])
  );
  if (type !== 'number' && type !== 'integer' && type !== 'boolean') {
    return { ...(type !== undefined && { type }), ...inner };
  }
  const { description, default: standIn, ...limits } = inner;
  return {
    ...(description !== undefined && { description }),
    ...(standIn !== undefined && { default: standIn }),
    anyOf: [
      { type, ...limits },
      { type: 'string', pattern: '^\\$' }
    ]
  };
}
