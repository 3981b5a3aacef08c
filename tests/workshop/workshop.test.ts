import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadWorkshop } from '../../src/bot/workshop';
import { notebookFromMarkdown, stepTarget, type NotebookCell } from '../../src/workshop';

const workshop = loadWorkshop('workshop');

function cellsIn(language: string): NotebookCell[] {
  const source = readFileSync(`workshop/${language}/${workshop.notebook}.md`, 'utf8');
  return notebookFromMarkdown(source).cells;
}

describe.each([...workshop.languages])('the workshop in %s', language => {
  const cells = cellsIn(language);
  const ids = cells.map(({ id }) => id);

  test('tells of every step, in their order', () => {
    const told = ids.filter(id => workshop.steps.some(step => stepTarget(step.id) === id));
    expect(told).toEqual(workshop.steps.map(({ id }) => stepTarget(id)));
  });

  test('has every cell that a step shows', () => {
    const shown = workshop.steps.flatMap(({ show }) =>
      show.flatMap(target => ('cell' in target ? target.cell : []))
    );
    expect(shown.filter(cell => !ids.includes(cell))).toEqual([]);
  });

  test('has the same code as in every other language', () => {
    const code = (list: NotebookCell[]): [string, string][] =>
      list.filter(cell => cell.cell_type === 'code').map(({ id, source }) => [id, source.join('')]);
    expect(code(cells)).toEqual(code(cellsIn('en')));
  });
});

test('a language has words of its own for everything', () => {
  for (const { id, words } of workshop.steps) {
    const [first, ...others] = Object.values(words);
    for (const other of others) {
      expect(other.task, id).not.toBe(first!.task);
      expect(other.hints, id).not.toEqual(first!.hints);
    }
  }
});
