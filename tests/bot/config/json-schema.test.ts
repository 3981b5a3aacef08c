import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { configurationJsonSchema, defaultConfiguration } from '../../../src/bot/config';
import { moduleOptions } from '../../../src/bot/module-options';

const validate = new Ajv2020({ strict: false }).compile(configurationJsonSchema(moduleOptions));

describe('the JSON schema of the configuration', () => {
  test.each([
    ['the default', defaultConfiguration],
    [
      'mappings',
      'connectors:\n  shell:\n  websocket:\n    max-connections: 3\nskills:\n  hello:\n    path: x\n    any: thing\n'
    ],
    ['variables for numbers', 'web:\n  port: ${PORT:-8080}\nlogging:\n  console: $CONSOLE\n'],
    ['names alone', 'connectors: [shell]\n'],
    ['roles', 'roles:\n  ops: [ann]\n']
  ])('accepts %s', (_, text) => {
    expect([validate(parse(text)), validate.errors]).toEqual([true, null]);
  });

  test.each([
    ['a wrong level', 'logging:\n  level: loud\n'],
    ['an unknown key', 'conectors: []\n'],
    ['an unknown option of a connector', 'connectors:\n  websocket:\n    max-conections: 3\n'],
    ['the same in a list', 'connectors:\n  - name: websocket\n    max-conections: 3\n'],
    ['a role that is no list', 'roles:\n  ops: ann\n']
  ])('refuses %s', (_, text) => {
    expect(validate(parse(text))).toBe(false);
  });
});
