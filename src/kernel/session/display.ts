import { readFileSync } from 'node:fs';
import { createId } from '../../protocol';
import type { Display, DisplayHandle, DisplayOptions, TextArguments } from '../cell-api';
import type { MimeBundle } from '../thread';
import { cellStorage } from './cell-context';
import { displaySymbol, jsonValue, plainText, represent, type Representation } from './mime-bundle';
import type { Outlet } from './outlet';
import { createProgress } from './progress';
import { tableBundle } from './table';

/** The version of Vega-Lite that JupyterLab 4 draws. */
const VEGA_LITE = 'application/vnd.vegalite.v5+json';

/** Makes the `display` of cells. */
export function createDisplay(outlet: Outlet): Display {
  const send = (type: string, { data, metadata }: Representation, id: string): void =>
    outlet.show({ type, content: { data, metadata, transient: { display_id: id } } });

  const show = (value: unknown, options: DisplayOptions = {}): DisplayHandle => {
    const id = options.id ?? createId();
    const withMetadata = ({ data, metadata }: Representation): Representation => ({
      data,
      metadata: { ...metadata, ...(jsonValue(options.metadata ?? {}) as Record<string, unknown>) }
    });
    later(represent(value), shown => send('display_data', withMetadata(shown), id));
    const handle: DisplayHandle = {
      id,
      update: next =>
        later(represent(next), shown => send('update_display_data', withMetadata(shown), id))
    };
    // As the cell's last value it needs no showing: the display itself is there.
    cellStorage.getStore()?.shown.add(handle);
    return handle;
  };
  const bundle = (data: MimeBundle, options?: DisplayOptions): DisplayHandle =>
    show({ [displaySymbol]: () => ({ 'text/plain': '', ...data }) }, options);
  const text =
    (type: string, form: 'cooked' | 'raw' = 'cooked') =>
    (...parts: TextArguments): DisplayHandle => {
      const source = textOf(parts, form);
      return bundle({ [type]: source, 'text/plain': source });
    };

  return Object.assign(show, {
    html: text('text/html'),
    markdown: text('text/markdown'),
    // Backslashes are what LaTeX is made of; in a template they stay as they are.
    latex: text('text/latex', 'raw'),
    svg: text('image/svg+xml'),
    json: (value: unknown) =>
      bundle({
        'application/json': value,
        'text/plain': JSON.stringify(jsonValue(value), null, 2)
      }),
    table: (rows: unknown, { columns }: { columns?: readonly string[] } = {}) =>
      show({
        [displaySymbol]: () => tableBundle(rows, columns) ?? { 'text/plain': plainText(rows) }
      }),
    vegaLite: (specification: object) =>
      bundle({
        [VEGA_LITE]: specification,
        'text/plain': JSON.stringify(jsonValue(specification), null, 2)
      }),
    progress: createProgress(show),
    page: (value: unknown) => {
      const context = cellStorage.getStore();
      later(represent(value), ({ data }) => {
        // Payloads go with the reply; once that is sent, what is shown stands below the cell.
        if (context && !context.finished) {
          context.payload.push({ source: 'page', data, start: 0 });
        } else {
          show({ [displaySymbol]: () => data });
        }
      });
    },
    image: (picture: Uint8Array | string) => showImage(picture, show, text('image/svg+xml')),
    bundle,
    clear: ({ wait = false }: { wait?: boolean } = {}) =>
      outlet.show({ type: 'clear_output', content: { wait } })
  });
}

function showImage(
  picture: Uint8Array | string,
  show: (value: unknown) => DisplayHandle,
  svg: (text: string) => DisplayHandle
): DisplayHandle {
  const bytes = typeof picture === 'string' ? readFileSync(picture) : picture;
  const start = Buffer.from(bytes.subarray(0, 512)).toString();
  return /^\s*(<\?xml[^>]*>\s*)?(<!--[^]*?-->\s*)?<svg\b/i.test(start)
    ? svg(Buffer.from(bytes).toString())
    : show(bytes);
}

function textOf([text, ...values]: TextArguments, form: 'cooked' | 'raw'): string {
  return typeof text === 'string'
    ? text
    : String.raw({ raw: form === 'raw' ? text.raw : text }, ...values);
}

function later<T>(value: T | Promise<T>, use: (value: T) => void): void {
  if (value instanceof Promise) {
    void value.then(use);
  } else {
    use(value);
  }
}
