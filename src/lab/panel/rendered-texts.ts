import { MimeModel, type IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { Widget } from '@lumino/widgets';
import { chatMarkdown } from '../chat/chat-text';

/** A text as JupyterLab shows it. */
export interface RenderedText {
  readonly text: string;
  readonly widget: Widget;
  /** Resolves when it can be shown. */
  readonly ready: Promise<void>;
}

/** More than are on the page at once, so that scrolling back and forth renders nothing twice. */
const LIMIT = 400;

/** What was rendered of the conversation, kept for when it comes into sight again. */
export class RenderedTexts {
  private readonly rendered = new Map<string, RenderedText>();

  constructor(private readonly rendermime: IRenderMimeRegistry) {}

  /** @param key - of the message; each is on the page once at most. */
  get(key: string, text: string): RenderedText {
    let rendered = this.rendered.get(key);
    if (rendered?.text !== text) {
      rendered = this.render(text);
    }
    // Deleted and set again, it is the newest in the map's order.
    this.rendered.delete(key);
    this.rendered.set(key, rendered);
    this.prune();
    return rendered;
  }

  /** Has JupyterLab load what it renders Markdown with, so that the first text need not wait for it. */
  prepare(): void {
    const { widget, ready } = this.render('**a**');
    const done = (): void => widget.dispose();
    ready.then(done, done);
  }

  dispose(): void {
    this.rendered.forEach(({ widget }) => widget.dispose());
    this.rendered.clear();
  }

  private render(text: string): RenderedText {
    const widget = this.rendermime.createRenderer('text/markdown');
    const model = new MimeModel({ data: { 'text/markdown': chatMarkdown(text) }, trusted: false });
    return { text, widget, ready: widget.renderModel(model) };
  }

  private prune(): void {
    for (const [key, { widget }] of this.rendered) {
      if (this.rendered.size <= LIMIT) {
        return;
      }
      if (!widget.isAttached) {
        this.rendered.delete(key);
        widget.dispose();
      }
    }
  }
}
