import { flushSync } from 'react-dom';
import { Emitter } from '../../protocol';

/** What the panel can show. */
export type ViewName = 'chat' | 'skills';

/** Which part of the panel is shown. */
export class ViewSwitch {
  readonly changed = new Emitter<ViewName>();

  private name: ViewName = 'chat';

  get current(): ViewName {
    return this.name;
  }

  /** Shows a part; it is on the page when this returns. */
  show(name: ViewName): void {
    if (name !== this.name) {
      this.name = name;
      flushSync(() => this.changed.emit(name));
    }
  }
}
