/**
 * Lets each paragraph, list and table that JupyterLab has rendered be read from the side that its own
 * words begin at. Code is read from the left, whatever stands around it.
 */
export function markDirections(node: HTMLElement): void {
  for (const part of node.children) {
    (part as HTMLElement).dir = 'auto';
  }
  node.querySelectorAll<HTMLElement>('pre, code').forEach(code => (code.dir = 'ltr'));
}
