import type { TranslationBundle } from '@jupyterlab/translation';
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { WorkshopTarget } from '../../protocol';
import type { StepsState, WorkshopModel } from './workshop-model';

/** What every part of the view works with. */
export interface StepsContextValue {
  readonly model: WorkshopModel;
  readonly trans: TranslationBundle;
  /** Opens what a step speaks of. */
  show(target: WorkshopTarget): void;
  /** Opens the workshop's notebook at the text of a step. */
  read(step: string): void | Promise<void>;
  /** Asks whether something shall be thrown away. */
  confirm(title: string, text: string, button: string): Promise<boolean>;
}

/** What every part of the view works with. */
export const StepsContext = createContext<StepsContextValue | undefined>(undefined);

/** What this part of the view works with. */
export function useSteps(): StepsContextValue & { state: StepsState } {
  const context = useContext(StepsContext)!;
  const { model } = context;
  const state = useSyncExternalStore(
    listener => model.changed.on(listener),
    () => model.state
  );
  return { ...context, state };
}
