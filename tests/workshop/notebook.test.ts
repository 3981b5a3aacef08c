import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatNotebook, notebookFromMarkdown } from '../../src/workshop';

function cells(text: string): [string, string, string][] {
  return notebookFromMarkdown(text).cells.map(({ cell_type, id, source }) => [
    cell_type,
    id,
    source.join('')
  ]);
}

test('code and text become cells, in order, with a new one at each heading', () => {
  const text = `---
kernelspec:
  name: chatops
  language: typescript
---

# The title

Some words.

## A part

\`\`\`{code-cell} typescript
:name: first
const a = 1;

a + 1
\`\`\`

After it.
+++
Apart from it.

### Not a cell of its own
`;
  expect(cells(text)).toEqual([
    ['markdown', 'the-title', '# The title\n\nSome words.'],
    ['markdown', 'a-part', '## A part'],
    ['code', 'first', 'const a = 1;\n\na + 1'],
    ['markdown', 'after-it', 'After it.'],
    ['markdown', 'apart-from-it', 'Apart from it.\n\n### Not a cell of its own']
  ]);
  const { metadata, nbformat, nbformat_minor } = notebookFromMarkdown(text);
  expect([nbformat, nbformat_minor]).toEqual([4, 5]);
  expect(metadata).toEqual({
    kernelspec: { name: 'chatops', language: 'typescript' },
    language_info: { name: 'typescript' }
  });
});

test('other fenced blocks are text, whatever they hold', () => {
  const text = '```text\n## no heading\n```\n\n````\n```{code-cell}\n````\n';
  expect(cells(text)).toEqual([['markdown', 'text', text.trim()]]);
});

test('options may be YAML, and become metadata', () => {
  const text =
    '```{code-cell} typescript\n---\nname: x\ntags: [raises-exception]\n---\nthrow 1\n```\n';
  expect(notebookFromMarkdown(text).cells).toEqual([
    {
      cell_type: 'code',
      id: 'x',
      metadata: { tags: ['raises-exception'] },
      source: ['throw 1'],
      execution_count: null,
      outputs: []
    }
  ]);
});

test('a cell keeps the name it was given, whatever a heading is called', () => {
  const text = '# First\n\n```{code-cell} typescript\n:name: first\n1\n```\n';
  expect(cells(text).map(([, id]) => id)).toEqual(['first-2', 'first']);
});

test('ids are unique and fit for a notebook, whatever the headings are called', () => {
  const text = '# Größe & Maß\n\n# Größe & Maß\n\n# 你好\n\n# ' + 'long '.repeat(40);
  const ids = cells(text).map(([, id]) => id);
  expect(new Set(ids).size).toBe(4);
  for (const id of ids) {
    expect(id).toMatch(/^[a-zA-Z0-9-_]{1,64}$/);
  }
});

describe('the workshop in the repository', () => {
  const files = readdirSync('workshop', { recursive: true, encoding: 'utf8' }).filter(name =>
    name.endsWith('.md')
  );

  test.each(files)('%s and its notebook say the same', name => {
    const source = path.join('workshop', name);
    const notebook = readFileSync(source.replace(/\.md$/, '.ipynb'), 'utf8');
    // `npx chatops workshop build workshop` writes it anew.
    expect(notebook).toBe(formatNotebook(notebookFromMarkdown(readFileSync(source, 'utf8'))));
  });
});
