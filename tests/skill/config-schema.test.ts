import { describe, expect, test } from 'vitest';
import { applyConfigSchema } from '../../src/skill/host';

const schema = {
  city: { type: 'string', required: true },
  units: { type: 'string', default: 'metric', choices: ['metric', 'imperial'] },
  days: { type: 'number' },
  names: { type: 'list', default: [] }
};

function refusal(config: Record<string, unknown>, rules: unknown = schema): string {
  try {
    applyConfigSchema('weather', rules, config);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

test('defaults are there where the section says nothing, and only there', () => {
  expect(applyConfigSchema('weather', schema, { city: 'Bath', extra: 1 })).toEqual({
    city: 'Bath',
    units: 'metric',
    names: [],
    extra: 1
  });
  expect(applyConfigSchema('weather', schema, { city: 'Bath', units: 'imperial' }).units).toBe(
    'imperial'
  );
});

describe('what is wrong is named', () => {
  test.each([
    [{}, '`skills.weather.city` is missing.'],
    [{ city: null }, '`skills.weather.city` is missing.'],
    [{ city: 5 }, '`skills.weather.city` must be a text.'],
    [{ city: 'x', units: 'kelvin' }, '`skills.weather.units` must be metric or imperial.'],
    [{ city: 'x', days: '3' }, '`skills.weather.days` must be a number.'],
    [{ city: 'x', names: {} }, '`skills.weather.names` must be a list.']
  ])('%j: %s', (config, message) => {
    expect(refusal(config)).toBe(message);
  });

  test.each([
    [[], 'must be an object with a rule for each key'],
    [{ city: 'string' }, "must have an object as `city`, such as `{ type: 'string' }`"],
    [{ city: { typ: 'string' } }, 'has no `typ` in `city` (did you mean `type`?)'],
    [
      { city: { type: 'text' } },
      'must have one of string, number, boolean, list, mapping as the type of `city`'
    ]
  ])('in the schema %j: %s', (rules, reason) => {
    expect(refusal({}, rules)).toBe(`\`configSchema of weather\` ${reason}.`);
  });
});
