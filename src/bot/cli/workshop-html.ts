import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Marked } from 'marked';
import {
  notebookFromMarkdown,
  stepTarget,
  wordsOf,
  type NotebookCell,
  type Step,
  type Workshop
} from '../../workshop';
import { writeFileAtomically } from '../config';
import { loadWorkshop } from '../workshop';

/** What the pages say by themselves. */
const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  en: {
    minutes: 'minutes',
    hint: 'Hint',
    solution: 'One solution',
    task: 'Your task',
    before: 'Back',
    after: 'Next',
    all: 'All steps'
  },
  de: {
    minutes: 'Minuten',
    hint: 'Hinweis',
    solution: 'Eine Lösung',
    task: 'Deine Aufgabe',
    before: 'Zurück',
    after: 'Weiter',
    all: 'Alle Schritte'
  }
};

const STYLE = `:root { color-scheme: light dark; --soft: #8882; --line: #8886 }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 42rem; padding: 1rem; font: 1.0625rem/1.6 system-ui, sans-serif; overflow-wrap: anywhere }
pre { overflow-x: auto; padding: .75rem; border-radius: .4rem; background: var(--soft); font-size: .875rem; line-height: 1.45 }
code { font-family: ui-monospace, monospace; font-size: .9em }
:not(pre) > code { padding: 0 .25em; border-radius: .25em; background: var(--soft) }
table { display: block; overflow-x: auto; border-collapse: collapse }
th, td { border: 1px solid var(--line); padding: .25rem .5rem; text-align: start }
aside { margin: 1rem 0; padding: .25rem 1rem; border: 1px solid var(--line); border-inline-start-width: .3rem; border-radius: .4rem }
details { margin: .5rem 0; padding: .25rem .75rem; border: 1px solid var(--line); border-radius: .4rem }
summary { cursor: pointer; padding: .25rem 0 }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; justify-content: space-between }
nav a { padding: .5rem 0 }
kbd { border: 1px solid var(--line); border-radius: .25em; padding: 0 .3em; font-size: .85em }
@media print { nav, details:not([open]) { display: none } body { max-width: none } }`;

const markdown = new Marked({ gfm: true });

/**
 * Makes pages of a workshop that can be read anywhere: a page for each step and language, each
 * standing alone.
 *
 * @returns the files that were written.
 * @throws ChatOpsError `CHATOPS_WORKSHOP_INVALID`.
 */
export function writeWorkshopPages(folder: string, target: string): string[] {
  const workshop = loadWorkshop(folder);
  return workshop.languages.flatMap(language => {
    const source = path.join(folder, language, `${workshop.notebook}.md`);
    const { cells } = notebookFromMarkdown(readFileSync(source, 'utf8'));
    const place = path.join(target, language);
    mkdirSync(place, { recursive: true });
    return pagesOf(workshop, language, cells).map(([name, text]) => {
      const file = path.join(place, name);
      writeFileAtomically(file, text);
      return file;
    });
  });
}

function pagesOf(
  workshop: Workshop,
  language: string,
  cells: readonly NotebookCell[]
): [name: string, text: string][] {
  const sections = sectionsOf(workshop, cells);
  const words = WORDS[language] ?? WORDS.en!;
  const { steps } = workshop;
  const list = steps.map(step => {
    const { title } = wordsOf(step, language);
    const minutes = `${step.minutes} ${words.minutes}`;
    return `<li><a href="${step.id}.html">${escape(title)}</a>, ${minutes}</li>`;
  });
  const index = `${html(sections.get('') ?? [])}<ol>${list.join('\n')}</ol>${languageLinks(workshop, language, 'index')}`;
  return [
    ['index.html', page(language, workshop.title[language]!, index)],
    ...steps.map((step, i): [string, string] => {
      const link = (other: Step | undefined, word: string, rel: string): string =>
        other
          ? `<a rel="${rel}" href="${other.id}.html">${word}: ${escape(wordsOf(other, language).title)}</a>`
          : '<span></span>';
      const ways = `<nav>${link(steps[i - 1], words.before!, 'prev')}<a href="index.html">${words.all}</a>${link(steps[i + 1], words.after!, 'next')}</nav>`;
      const body = [
        ways,
        html(sections.get(step.id) ?? []),
        helpFor(step, language, words),
        ways,
        languageLinks(workshop, language, step.id)
      ].join('\n');
      return [`${step.id}.html`, page(language, wordsOf(step, language).title, body)];
    })
  ];
}

/** The cells of each step, by its id; what stands before the first has an empty one. */
function sectionsOf(
  { steps }: Workshop,
  cells: readonly NotebookCell[]
): Map<string, NotebookCell[]> {
  const sections = new Map<string, NotebookCell[]>([['', []]]);
  let open = '';
  for (const cell of cells) {
    open = steps.find(({ id }) => stepTarget(id) === cell.id)?.id ?? open;
    sections.set(open, [...(sections.get(open) ?? []), cell]);
  }
  return sections;
}

function html(cells: readonly NotebookCell[]): string {
  return cells
    .map(({ cell_type, source }) => {
      const text = source.join('');
      return cell_type === 'code'
        ? `<pre tabindex="0"><code>${escape(text)}</code></pre>`
        : render(text);
    })
    .join('\n');
}

function helpFor(step: Step, language: string, words: Readonly<Record<string, string>>): string {
  const { task, hints } = wordsOf(step, language);
  const files = Object.entries(step.solved).map(
    ([name, text]) =>
      `<p><code>${escape(name)}</code></p><pre tabindex="0"><code>${escape(text)}</code></pre>`
  );
  return [
    `<aside><p><strong>${words.task}</strong></p>${render(task)}</aside>`,
    ...hints.map(
      (hint, i) => `<details><summary>${words.hint} ${i + 1}</summary>${render(hint)}</details>`
    ),
    ...(files.length > 0
      ? [`<details><summary>${words.solution}</summary>${files.join('\n')}</details>`]
      : [])
  ].join('\n');
}

function languageLinks({ languages, title }: Workshop, language: string, name: string): string {
  const links = languages
    .filter(other => other !== language)
    .map(
      other =>
        `<a lang="${other}" hreflang="${other}" href="../${other}/${name}.html">${escape(title[other]!)}</a>`
    );
  return links.length > 0 ? `<nav>${links.join(' ')}</nav>` : '';
}

function page(language: string, title: string, body: string): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>
${STYLE}
</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}

function render(text: string): string {
  return markdown.parse(text, { async: false });
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`);
}
