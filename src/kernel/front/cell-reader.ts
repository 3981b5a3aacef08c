import type * as CellReader from '../cell';

let loaded: typeof CellReader | undefined;

/** What reads cells, loaded when it is first needed: the parsers are the largest part of the kernel. */
export async function cellReader(): Promise<typeof CellReader> {
  return (loaded ??= await import(/* webpackChunkName: "kernel-cell" */ '../cell'));
}
