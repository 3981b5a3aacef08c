import { inspect } from 'node:util';

/** What Node hangs on whatever it follows across asynchronous work, by the symbols' descriptions. */
const BOOKKEEPING = new Set(['async_id_symbol', 'trigger_async_id_symbol', 'kResourceStore']);

/**
 * Keeps Node's bookkeeping out of what people see: a promise or timer is shown without the symbols
 * by which we know which cell it belongs to, and without warnings about what the kernel itself uses.
 */
export function installQuiet(): void {
  const timer = setTimeout(() => undefined, 0);
  const immediate = setImmediate(() => undefined);
  clearTimeout(timer);
  clearImmediate(immediate);
  for (const shown of [Promise.resolve(), timer, immediate]) {
    Object.defineProperty(Object.getPrototypeOf(shown), inspect.custom, {
      value: hideBookkeeping,
      configurable: true,
      writable: true
    });
  }
  const warn = process.emitWarning.bind(process) as (...values: unknown[]) => void;
  process.emitWarning = (...values: unknown[]) => {
    // The way by which a cell's `import` finds packages; it is the same in every version of Node.
    if (!String(values[0]).includes('vm.USE_MAIN_CONTEXT_DEFAULT_LOADER')) {
      warn(...values);
    }
  };
}

/** Returning the object itself makes Node go on and show it as always. */
function hideBookkeeping(this: object): object {
  for (const symbol of Object.getOwnPropertySymbols(this)) {
    if (BOOKKEEPING.has(symbol.description ?? '')) {
      Object.defineProperty(this, symbol, { enumerable: false });
    }
  }
  return this;
}
