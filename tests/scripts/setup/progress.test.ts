import { describe, expect, it } from 'vitest';
import { Progress } from '../../../scripts/setup/progress.mjs';

/** Collects what is written. */
function output(options: { isTTY?: boolean; columns?: number } = {}) {
  const written: string[] = [];
  return { ...options, written, write: (text: string) => written.push(text) };
}

describe('Progress', () => {
  it('shows a step before it is done, then its seconds, in one line', async () => {
    const out = output();
    await new Progress(out).step('Build', async () => {
      expect(out.written.join('')).toContain('Build');
    });
    expect(out.written.join('')).toMatch(/^ {2}Build +\d+\.\d s ✓\n$/);
  });

  it('shows a remark in place of the seconds', async () => {
    const out = output();
    await new Progress(out).step('Build', async () => 'up to date');
    expect(out.written.join('')).toContain('up to date ✓');
  });

  it('marks a step that failed, and lets its error through', async () => {
    const out = output();
    const failing = new Progress(out).step('Build', () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(out.written.join('')).toMatch(/Build .* s ✗\n$/);
  });

  it('never writes more than a line of a terminal', async () => {
    const out = output({ isTTY: true, columns: 20 });
    await new Progress(out).step('A title that is much too long', async () => undefined);
    for (const text of out.written.join('').replaceAll('\r\u001B[K', '\n').split('\n')) {
      expect(text.length).toBeLessThanOrEqual(20);
    }
  });
});
