import { describe, expect, it } from 'vitest';
import { makeSkillCell, nameOf } from '../../../src/lab/notebook/make-skill';
import { parseSkillCell } from '../../../src/lab/notebook/skill-cell';
import { stripTypes } from '../../../src/source';

function patternIn(cell: string): RegExp {
  const [, pattern = ''] = /^ {2}\/(.*)\/,$/m.exec(cell)!;
  return new RegExp(pattern, 'i');
}

describe('a skill made from a text', () => {
  it('matches the text, is named after it, and answers as was answered', () => {
    expect(makeSkillCell({ text: 'Restart the web server!', reply: "It's up", taken: [] }))
      .toBe(`%%skill restart-web-server
import { matchRegex } from 'chatops';

export const restartWebServer = matchRegex(
  /^Restart the web server[?!.]*$/,
  { caseSensitive: false, description: 'Answers “Restart the web server!”.', examples: ['Restart the web server!'] },
  async (bot, config, message) => {
    await message.respond('It\\'s up');
  }
);`);
  });

  it('takes other numbers and quotations too', () => {
    const cell = makeSkillCell({ text: 'scale "web" from 2 to 5.5?', taken: [] });
    const match = patternIn(cell).exec('Scale "db" from 10 to 3');
    expect(match?.groups).toEqual({ text: 'db', number: '10', number2: '3' });
    expect(cell).toContain('const { text, number, number2 } = message.match.groups;');
    expect(cell).toContain('`text: ${text}, number: ${number}, number2: ${number2}`');
  });

  it.each([
    'what (exactly) is a+b?',
    'c:\\temp /etc',
    '50 % [of] {it} | $1 ^2',
    "it's",
    'naïve café'
  ])('matches %j, whatever stands in it, and is a program', text => {
    const cell = makeSkillCell({ text, taken: [] });
    expect(patternIn(cell).test(text)).toBe(true);
    expect(() => stripTypes(parseSkillCell(cell)!.body, 'cell.ts', 'esm')).not.toThrow();
  });

  it('tells a long text by its meaning', () => {
    const text = 'could you please tell me how the backup of last night went';
    const cell = makeSkillCell({ text, taken: [] });
    expect(cell).toContain("matchIntent(\n  'backup-last-night'");
    expect(cell).toContain(`examples: ['${text}']`);
  });

  it('takes a name that is free, and none that is no variable', () => {
    expect(makeSkillCell({ text: 'status', taken: ['status', 'status-2'] })).toContain(
      '%%skill status-3\n'
    );
    expect(makeSkillCell({ text: 'new', taken: [] })).toContain('export const newSkill =');
    expect(makeSkillCell({ text: '42?', taken: [] })).toContain('%%skill answer\n');
  });

  it.each([
    ['What is the weather in Exeter?', 'weather-exeter'],
    ['how are you', 'how-are-you'],
    ['Café au lait, please', 'cafe-au-lait'],
    ['…', 'answer']
  ])('names %j %j', (text, name) => {
    expect(nameOf(text)).toBe(name);
  });
});
