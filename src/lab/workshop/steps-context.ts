import type { TranslationBundle } from '@jupyterlab/translation';
import { createContext, useContext, useMemo, useSyncExternalStore } from 'react';
import type { WorkshopTarget } from '../../protocol';
import { wordsIn, type ViewWords } from './words';
import type { StepsState, WorkshopModel } from './workshop-model';

/** What every part of the view works with. */
export interface StepsContextValue {
  readonly model: WorkshopModel;
  /** JupyterLab's own words; the view speaks the workshop's language where it can. */
  readonly bundle: TranslationBundle;
  /** Opens what a step speaks of. */
  show(target: WorkshopTarget): void;
  /** Opens the workshop's notebook at the text of a step. */
  read(step: string): void | Promise<void>;
  /** Asks whether something shall be thrown away. */
  confirm(title: string, text: string, buttons: { cancel: string; go: string }): Promise<boolean>;
}

/** What every part of the view works with. */
export const StepsContext = createContext<StepsContextValue | undefined>(undefined);

/** What this part of the view works with. */
export function useSteps(): StepsContextValue & { state: StepsState; trans: ViewWords } {
  const context = useContext(StepsContext)!;
  const { model, bundle } = context;
  const state = useSyncExternalStore(
    listener => model.changed.on(listener),
    () => model.state
  );
  const language = state.workshop?.language ?? model.language;
  const trans = useMemo(() => wordsIn(language, bundle), [language, bundle]);
  return { ...context, state, trans };
}
