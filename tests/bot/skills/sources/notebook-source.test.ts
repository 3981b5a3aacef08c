import { describe, expect, test } from 'vitest';
import { notebookSource } from '../../../../src/bot/skills';

const notebook = (...cells: (string | { markdown: string })[]): string =>
  JSON.stringify({
    cells: cells.map(cell =>
      typeof cell === 'string'
        ? { cell_type: 'code', source: cell.split(/(?<=\n)/) }
        : { cell_type: 'markdown', source: cell.markdown }
    ),
    metadata: {}
  });

describe('the source of a skill in a notebook', () => {
  test('is its `%%skill` cell, the last one of that name, on its own lines', () => {
    const text = notebook(
      { markdown: '%%skill hello\nno' },
      '%%skill hello\nold',
      '1 + 1',
      '%%skill other\nx',
      '// %%skill hello\nnew\nnewer'
    );
    expect(notebookSource('hello', text, 'n.ipynb')).toBe('\nnew\nnewer');
    expect(notebookSource('other', text, 'n.ipynb')).toBe('\nx');
  });

  test('may have another name when it is the only one', () => {
    expect(notebookSource('mine', notebook('%%skill hello\nx'), 'n.ipynb')).toBe('\nx');
    expect(() =>
      notebookSource('mine', notebook('%%skill a\nx', '%%skill b\ny'), 'n.ipynb')
    ).toThrow(
      'The skill `mine` cannot be taken from the notebook n.ipynb: it has no cell `%%skill mine`, only a, b.'
    );
  });

  test('is all of its code where there is no such cell, without magics', () => {
    expect(
      notebookSource('x', notebook({ markdown: '# x' }, '%typecheck off\nlet a = 7', 'a\n% 2'), 'n')
    ).toBe('// %typecheck off\nlet a = 7\n\na\n% 2');
  });

  test('is not Python', () => {
    const text = JSON.stringify({ cells: [], metadata: { kernelspec: { language: 'python' } } });
    expect(() => notebookSource('x', text, 'n.ipynb')).toThrow('written in Python: n.ipynb');
  });

  test.each(['', '[]', '{'])('is in a notebook, and not in %j', text => {
    expect(() => notebookSource('x', text, 'n.ipynb')).toThrow('it is no notebook');
  });
});
