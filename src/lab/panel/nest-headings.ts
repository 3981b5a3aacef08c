/** The level of the highest heading in a message: below the panel's own, which is a second one. */
const HIGHEST = 3;

/** Puts the headings of a rendered message below those of the panel, for whoever walks from one to the next. */
export function nestHeadings(node: HTMLElement): void {
  const headings = [...node.querySelectorAll('h1, h2, h3, h4, h5, h6')];
  const levels = headings.map(({ tagName }) => Number(tagName[1]));
  const highest = Math.min(...levels);
  headings.forEach((heading, index) => {
    const level = Math.min(6, levels[index]! - highest + HIGHEST);
    heading.setAttribute('aria-level', String(level));
  });
}
