import { describe, expect, test } from 'vitest';
import { readWorkshop } from '../../src/workshop';
import { workshopTemplate } from '../../src/bot/cli/workshop-template';

const files = new Map(Object.entries(workshopTemplate));

function changed(name: string, find: string, put: string): Map<string, string> {
  const text = files.get(name)!;
  expect(text).toContain(find);
  return new Map(files).set(name, text.replace(find, put));
}

test('what a workshop of one’s own begins with is right', () => {
  const { steps, languages } = readWorkshop(files);
  expect(languages).toEqual(['en']);
  expect(steps.map(({ id }) => id)).toEqual(['ping']);
  expect(Object.keys(steps[0]!.solved)).toEqual(['skills/ping/index.ts']);
});

describe('what is wrong is told with its file', () => {
  test.each([
    ['steps/ping/step.yaml', 'skill: { name: ping }', 'skil: { name: ping }', /step\.yaml .*check/],
    ['steps/ping/step.yaml', "text: '^ping$', skill", "text: '(', skill", /step\.yaml .*check/],
    ['steps/ping/step.yaml', 'unmet: pong', 'unmet: pang', /step\.yaml .*`echo` refers/],
    ['steps/ping/en.yaml', 'live: There', 'alive: There', /en\.yaml .*`conditions`.*`live`/],
    ['steps/ping/en.yaml', '  - The cell has', '  # The cell has', /en\.yaml .*hints/],
    ['workshop.yaml', '  - ping', '  - pong', /steps\/pong\/step\.yaml .*missing/],
    ['workshop.yaml', 'steps:', 'steps: [', /workshop\.yaml/]
  ])('%s: %s', (name, find, put, words) => {
    expect(() => readWorkshop(changed(name, find, put))).toThrow(words);
  });
});
