import type { TranslationBundle } from '@jupyterlab/translation';
import { PanelLayout, Widget } from '@lumino/widgets';
import { stepsIcon } from '../icons';
import type { StepsView } from './steps-view';

/** The steps' place in a side area. What they show is loaded when someone looks for the first time. */
export class StepsPanel extends Widget {
  private view: Promise<StepsView> | undefined;

  constructor(
    trans: TranslationBundle,
    private readonly createView: () => Promise<StepsView>
  ) {
    super();
    this.layout = new PanelLayout();
    this.id = 'jupyterlab-chatops-steps';
    this.addClass('jp-ChatOps-panel');
    this.title.icon = stepsIcon;
    this.title.caption = trans.__('Workshop');
  }

  protected override onAfterShow(): void {
    this.fill();
  }

  protected override onAfterAttach(): void {
    if (this.isVisible) {
      this.fill();
    }
  }

  private fill(): void {
    this.view ??= this.createView().then(
      view => {
        (this.layout as PanelLayout).addWidget(view);
        return view;
      },
      error => {
        // Jupyter may be away; the next look tries again.
        this.view = undefined;
        throw error;
      }
    );
  }
}
