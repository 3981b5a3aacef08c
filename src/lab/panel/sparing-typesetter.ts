import type { IRenderMime } from '@jupyterlab/rendermime';

/** How mathematics begins in a text, as JupyterLab sets it: `$`, `\(`, `\[` or `\begin`. */
const MATHS = /\$|\\[([]|\\begin\b/;

/**
 * Sets mathematics where there is some. JupyterLab hands over every text it renders, and its own
 * typesetter then loads all of MathJax for a conversation in which nobody wrote a formula.
 */
export class SparingTypesetter implements IRenderMime.ILatexTypesetter {
  constructor(private readonly inner: IRenderMime.ILatexTypesetter) {}

  typeset(host: HTMLElement): void | Promise<void> {
    return MATHS.test(host.textContent ?? '') ? this.inner.typeset(host) : undefined;
  }
}
