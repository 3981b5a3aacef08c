import { describe, expect, it } from 'vitest';
import {
  lineInCell,
  parseSkillCell,
  skillOptionsPlace
} from '../../../src/lab/notebook/skill-cell';
import { parseMagics } from '../../../src/kernel/magics';

describe('a skill cell', () => {
  it.each([
    '%%skill hello\nexport const a = 1;\n',
    '// %%skill hello --say "hi there" --quiet\nexport const a = 1;',
    '\n%typecheck off\n%%skill hello\n\nexport const a = 1;',
    '  %%skill hello'
  ])('is taken apart as the kernel does: %j', source => {
    const call = parseMagics(source).calls.find(({ name }) => name === '%%skill')!;
    expect(parseSkillCell(source)).toEqual({
      name: call.args[0],
      line: call.line,
      body: call.body
    });
  });

  it.each([
    'const a = 1;\n%%skill hello',
    '%%skills hello',
    '%%skill',
    '%%skill --say hi',
    '%%bash\n%%skill hello',
    'x\n'
  ])('is none: %j', source => {
    expect(parseSkillCell(source.replace('%%bash\n', 'echo\n'))).toBeUndefined();
  });

  it('knows where its options stand', () => {
    const line = '%%skill hello --say "hi there"  ';
    const { start, end } = skillOptionsPlace(line)!;
    expect(line.slice(start, end)).toBe('--say "hi there"');
    expect(skillOptionsPlace('%%skill hello  ')).toBeUndefined();
    expect(skillOptionsPlace('const a = 1')).toBeUndefined();
  });

  it('finds a line of its file, also when the cell was edited since', () => {
    const file = 'import a;\n\nexport const hello = 1;\n';
    const cell = (body: string) => parseSkillCell(`%typecheck off\n%%skill hello\n${body}`)!;
    expect(lineInCell(cell(file), file, 3)).toBe(5);
    expect(lineInCell(cell(`// more\n${file}`), file, 3)).toBe(6);
    expect(lineInCell(cell('x\n'), file, 3)).toBe(4);
    expect(lineInCell(cell(file), file, 99)).toBe(6);
  });
});
