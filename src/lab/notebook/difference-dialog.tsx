import { Dialog, ReactWidget, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { lineDifference, type DifferenceLine } from '../../workshop';

/** What a person decided about two versions of a skill. */
export type Decision = 'file' | 'cell' | 'none';

/** What is compared. */
export interface Comparison {
  readonly name: string;
  /** What stands in the file. */
  readonly file: string;
  /** What stands in the cell. */
  readonly cell: string;
}

/** Shows how a skill cell differs from the skill's file, and lets a person choose one of them. */
export async function chooseVersion(
  { name, file, cell }: Comparison,
  trans: TranslationBundle
): Promise<Decision> {
  const decisions: Record<string, Decision> = { file: 'file', cell: 'cell' };
  const { button } = await showDialog({
    title: trans.__('The skill %1: its file and this cell', name),
    body: new DifferenceBody(lineDifference(file, cell), trans),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Leave both as they are') }),
      Dialog.createButton({
        label: trans.__('Take the file’s version'),
        actions: ['file'],
        caption: trans.__('Put what stands in the file into the cell')
      }),
      Dialog.okButton({
        label: trans.__('Run the cell'),
        actions: ['cell'],
        caption: trans.__('Write what stands in the cell to the file, and make it live')
      })
    ],
    defaultButton: 0
  });
  return decisions[button.actions[0] ?? ''] ?? 'none';
}

class DifferenceBody extends ReactWidget {
  constructor(
    private readonly lines: readonly DifferenceLine[],
    private readonly trans: TranslationBundle
  ) {
    super();
    this.addClass('jp-ChatOps-difference');
  }

  protected override render(): React.JSX.Element {
    const { trans } = this;
    return (
      <>
        <p>
          {trans.__('− only in the file')} <br /> {trans.__('+ only in the cell')}
        </p>
        {/* What scrolls must be reachable by keyboard. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <pre tabIndex={0} aria-label={trans.__('The difference, line by line')}>
          {this.lines.map(({ kind, text }, index) => (
            <LineView key={index} kind={kind} text={text} />
          ))}
        </pre>
      </>
    );
  }
}

const SIGNS: Record<DifferenceLine['kind'], string> = { same: ' ', added: '+', removed: '−' };

function LineView({ kind, text }: DifferenceLine): React.JSX.Element {
  const line = `${SIGNS[kind]} ${text}\n`;
  switch (kind) {
    case 'same':
      return <span>{line}</span>;
    case 'added':
      return <ins>{line}</ins>;
    case 'removed':
      return <del>{line}</del>;
  }
}
