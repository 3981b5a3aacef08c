/**
 * What a suite measured.
 *
 * @typedef {object} Figures
 * @property {string} title
 * @property {string} runs - how often what was measured, in words
 * @property {string[]} [versions] - of whom it was measured beside
 * @property {Table[]} tables
 * @property {Target[]} [targets]
 * @property {string[]} [notes] - what a reader has to know, a sentence or two each
 */

/**
 * A table. Its first column names what was measured.
 *
 * @typedef {object} Table
 * @property {string[]} columns - the heading of each, the first one's included
 * @property {(string | number)[][]} rows
 */

/**
 * What a figure should be.
 *
 * @typedef {object} Target
 * @property {string} figure
 * @property {string} measured
 * @property {string} target
 * @property {boolean} [met] - left out where it could not be measured
 */

/** @typedef {{ date: string, version: string, node: string, machine: string }} Circumstances */

/**
 * Holds a figure against its target.
 *
 * @param {string} figure - what it is.
 * @param {number | undefined} measured - nothing where it could not be measured.
 * @param {'≤' | '<' | '≥'} relation
 * @param {number} limit
 * @param {string} [unit] - follows both numbers as it is.
 * @returns {Target}
 */
export function target(figure, measured, relation, limit, unit = '') {
  const wanted = `${relation} ${count(limit)}${unit}`;
  if (measured === undefined || Number.isNaN(measured)) {
    return { figure, measured: '–', target: wanted };
  }
  const met =
    relation === '≥' ? measured >= limit : relation === '<' ? measured < limit : measured <= limit;
  return { figure, measured: `${digits(measured)}${unit}`, target: wanted, met };
}

/**
 * A number with as many digits as are worth reading: three, or all those before the point.
 *
 * @param {number} value
 */
export function digits(value) {
  return count(Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3)));
}

/**
 * A number with its thousands apart.
 *
 * @param {number} value
 */
export function count(value) {
  return value.toLocaleString('en', { maximumFractionDigits: 20 });
}

/**
 * A value in the middle, with the lowest and the highest where they differ.
 *
 * @param {{ median: number, low: number, high: number }} spread
 */
export function range({ median, low, high }) {
  const [from, to] = [digits(low), digits(high)];
  return from === to ? digits(median) : `${digits(median)} (${from}–${to})`;
}

/**
 * The section of RESULTS.md for a suite, as Markdown.
 *
 * @param {string} name - of the suite.
 * @param {Figures} figures
 * @param {Circumstances} circumstances
 */
export function section(name, figures, { date, version, node, machine }) {
  const { title, runs, versions = [], tables, targets = [], notes = [] } = figures;
  const beside = versions.length > 0 ? ` Beside ${versions.join(', ')}.` : '';
  const parts = [
    `## ${title}`,
    `\`npm run bench -- ${name}\`, ${date}, ChatOps ${version}, Node ${node}, ${machine}; ${runs}.${beside}`,
    ...tables.map(markdown)
  ];
  if (targets.length > 0) {
    parts.push(markdown({ columns: ['target', 'measured', 'wanted', ''], rows: targets.map(row) }));
  }
  return `${[...parts, ...notes].join('\n\n')}\n`;
}

/** @param {Target} target */
function row({ figure, measured, target, met }) {
  return [
    figure,
    measured,
    target,
    met === undefined ? 'not measured' : met ? 'met' : '**missed**'
  ];
}

/** @param {Table} table */
function markdown({ columns, rows }) {
  const rule = columns.map((_, column) => (column === 0 ? '---' : '---:'));
  return [columns, rule, ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n');
}

/**
 * Puts a section in the place of the one of the same suite, or at the end.
 *
 * @param {string} document
 * @param {string} name - of the suite.
 * @param {string} text - of the section.
 */
export function withSection(document, name, text) {
  const [head = '', ...sections] = document.split(/^(?=## )/m);
  const place = sections.findIndex(other => other.includes(`\`npm run bench -- ${name}\``));
  if (place === -1) {
    sections.push(text);
  } else {
    sections[place] = text;
  }
  return `${[head, ...sections].map(part => part.trim()).join('\n\n')}\n`;
}
