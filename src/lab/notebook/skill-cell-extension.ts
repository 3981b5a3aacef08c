import { EditorExtensionRegistry, type IEditorExtensionFactory } from '@jupyterlab/codemirror';
import type { TranslationBundle } from '@jupyterlab/translation';
import {
  StateEffect,
  StateField,
  type EditorState,
  type Extension,
  type Range
} from '@codemirror/state';
import { Decoration, EditorView, WidgetType, type DecorationSet } from '@codemirror/view';
import { parseSkillCell, skillOptionsPlace } from './skill-cell';

/** Options that are longer are folded until someone looks at them, in characters. */
const SHORT = 30;

/** Folds or unfolds the options of the cell's magic. */
const setFolded = StateEffect.define<boolean>();

/** Colours the line of `%%skill`, and folds its options. */
export function skillCellExtension(
  trans: TranslationBundle
): Parameters<EditorExtensionRegistry['addExtension']>[0] {
  const extension = magicLine(trans);
  return Object.freeze<IEditorExtensionFactory<unknown>>({
    name: 'jupyterlab-chatops:skill-cell',
    factory: ({ inline }) =>
      inline ? EditorExtensionRegistry.createImmutableExtension(extension) : null
  });
}

/** The line of `%%skill` in colours, with its options folded. */
export function magicLine(trans: TranslationBundle): Extension {
  const folded = StateField.define<boolean>({
    create: state => (optionsOf(state)?.text.length ?? 0) > SHORT,
    update: (isFolded, transaction) => {
      for (const effect of transaction.effects) {
        if (effect.is(setFolded)) {
          return effect.value;
        }
      }
      // Whoever goes into the options wants to see them.
      return isFolded && !(transaction.selection && isInOptions(transaction.state));
    }
  });
  const decorations = EditorView.decorations.compute(['doc', folded], state =>
    decorate(state, state.field(folded), trans)
  );
  return [folded, decorations];
}

interface Options {
  from: number;
  to: number;
  text: string;
}

function decorate(state: EditorState, isFolded: boolean, trans: TranslationBundle): DecorationSet {
  const line = magicLineOf(state);
  if (!line) {
    return Decoration.none;
  }
  const match = /^\s*(?:\/\/\s*)?(%%skill)\s+(\S+)/.exec(line.text)!;
  const magic = line.from + line.text.indexOf('%%skill');
  const name =
    magic +
    '%%skill'.length +
    (/^\s*/.exec(line.text.slice(magic - line.from + 7))?.[0].length ?? 0);
  const marks: Range<Decoration>[] = [
    Decoration.line({ class: 'jp-ChatOps-magicLine' }).range(line.from),
    Decoration.mark({ class: 'jp-ChatOps-magic' }).range(magic, magic + '%%skill'.length),
    Decoration.mark({ class: 'jp-ChatOps-magicName' }).range(name, name + match[2]!.length)
  ];
  const options = optionsOf(state);
  if (options) {
    const toggle = new FoldToggle(isFolded, options.text, trans);
    if (isFolded) {
      marks.push(Decoration.replace({ widget: toggle }).range(options.from, options.to));
    } else {
      marks.push(
        Decoration.mark({ class: 'jp-ChatOps-magicOptions' }).range(options.from, options.to),
        Decoration.widget({ widget: toggle, side: 1 }).range(options.to)
      );
    }
  }
  return Decoration.set(marks, true);
}

function magicLineOf({ doc }: EditorState): { from: number; text: string } | undefined {
  // Few cells are skill cells; the others are told by their first characters.
  if (!/%%skill\s/.test(doc.sliceString(0, 1000))) {
    return undefined;
  }
  const skill = parseSkillCell(doc.toString());
  return skill && doc.line(skill.line);
}

function optionsOf(state: EditorState): Options | undefined {
  const line = magicLineOf(state);
  const place = line && skillOptionsPlace(line.text);
  return place
    ? {
        from: line.from + place.start,
        to: line.from + place.end,
        text: line.text.slice(place.start, place.end)
      }
    : undefined;
}

function isInOptions(state: EditorState): boolean {
  const options = optionsOf(state);
  return (
    options !== undefined &&
    state.selection.ranges.some(({ head }) => head > options.from && head <= options.to)
  );
}

/** Folds the options, or shows them again. */
class FoldToggle extends WidgetType {
  constructor(
    private readonly isFolded: boolean,
    private readonly text: string,
    private readonly trans: TranslationBundle
  ) {
    super();
  }

  override eq(other: FoldToggle): boolean {
    return this.isFolded === other.isFolded && this.text === other.text;
  }

  override toDOM(view: EditorView): HTMLElement {
    const { trans, isFolded, text } = this;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'jp-ChatOps-magicFold';
    button.textContent = isFolded ? '…' : '‹';
    button.setAttribute('aria-expanded', String(!isFolded));
    button.setAttribute(
      'aria-label',
      isFolded ? trans.__('Show the options of the skill cell') : trans.__('Fold the options')
    );
    button.title = isFolded ? text : button.getAttribute('aria-label')!;
    // The cursor stays where it is.
    button.addEventListener('mousedown', event => event.preventDefault());
    button.addEventListener('click', () => view.dispatch({ effects: setFolded.of(!isFolded) }));
    return button;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}
