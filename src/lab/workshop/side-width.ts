import { SplitPanel, type Widget } from '@lumino/widgets';

/** Wide enough to read a conversation beside a notebook, in pixels. */
const WIDTH = 380;

/** A side area may take so much of the window, and no more. */
const SHARE = 0.35;

/** Gives the side area that a widget lies in a comfortable width, if it has less. */
export function widen(widget: Widget): void {
  const area = sideOf(widget);
  const split = area?.parent;
  if (!area || !(split instanceof SplitPanel)) {
    return;
  }
  const total = split.node.clientWidth;
  const missing = Math.min(WIDTH, total * SHARE) - area.node.clientWidth;
  if (missing > 0) {
    const sizes = split.widgets.map(({ node }) => node.clientWidth);
    const own = split.widgets.indexOf(area);
    // The main area is the widest one, and has the room to give.
    const widest = sizes.indexOf(Math.max(...sizes));
    sizes[own]! += missing;
    sizes[widest]! -= missing;
    split.setRelativeSizes(sizes);
  }
}

/** The ancestor of a widget that lies directly in a horizontal split. */
function sideOf(widget: Widget): Widget | undefined {
  for (let area: Widget | null = widget; area; area = area.parent) {
    if (area.parent instanceof SplitPanel && area.parent.orientation === 'horizontal') {
      return area;
    }
  }
  return undefined;
}
