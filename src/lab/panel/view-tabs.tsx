import { useRef, useSyncExternalStore, type KeyboardEvent, type ReactNode } from 'react';
import { conditionOf, type SkillCondition } from '../skills/skill-list';
import { useBotStatus, useChatContext } from './chat-context';
import type { ViewName } from './view-switch';

/** Conditions of skills that somebody has to do something about. */
const TROUBLED: ReadonlySet<SkillCondition> = new Set(['error', 'outdated']);

const VIEWS: readonly ViewName[] = ['chat', 'skills'];

/** The tabs by which one goes from the conversation to the skills and back. */
export function ViewTabs(): React.JSX.Element {
  const { trans, views } = useChatContext();
  const { skills } = useBotStatus();
  const current = useView();
  const list = useRef<HTMLDivElement>(null);
  const troubled = skills.filter(skill => TROUBLED.has(conditionOf(skill))).length;
  const labels: Record<ViewName, string> = {
    chat: trans.__('Conversation'),
    skills: trans.__('Skills')
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const at = VIEWS.indexOf(current);
    const count = VIEWS.length;
    const target = {
      ArrowLeft: (at + count - 1) % count,
      ArrowRight: (at + 1) % count,
      Home: 0,
      End: count - 1
    }[event.key];
    if (target !== undefined) {
      event.preventDefault();
      views.show(VIEWS[target]!);
      list.current!.querySelector<HTMLElement>('[aria-selected="true"]')!.focus();
    }
  };

  return (
    <div
      ref={list}
      className="jp-ChatOps-tabs"
      role="tablist"
      tabIndex={-1}
      aria-label={trans.__('What the panel shows')}
      onKeyDown={onKeyDown}
    >
      {VIEWS.map(view => (
        <button
          key={view}
          type="button"
          role="tab"
          id={tabId(view)}
          className="jp-ChatOps-viewTab"
          aria-selected={view === current}
          aria-controls={panelId(view)}
          tabIndex={view === current ? 0 : -1}
          onClick={() => views.show(view)}
        >
          {labels[view]}
          {view === 'skills' && troubled > 0 && (
            <span className="jp-ChatOps-troubled">
              {trans._n('%1 needs you', '%1 need you', troubled)}
            </span>
          )}
        </button>
      ))}
    </div>
  );
}

/** What a tab leads to. It stays on the page while another is shown, and so does where one was in it. */
export function ViewPanel({
  view,
  children
}: {
  view: ViewName;
  children: ReactNode;
}): React.JSX.Element {
  const current = useView();
  return (
    <div
      role="tabpanel"
      id={panelId(view)}
      className="jp-ChatOps-view"
      aria-labelledby={tabId(view)}
      hidden={view !== current}
    >
      {children}
    </div>
  );
}

/** Which part of the panel is shown, now and after each change. */
export function useView(): ViewName {
  const { views } = useChatContext();
  return useSyncExternalStore(
    listener => views.changed.on(listener),
    () => views.current
  );
}

function tabId(view: ViewName): string {
  return `jp-ChatOps-tab-${view}`;
}

function panelId(view: ViewName): string {
  return `jp-ChatOps-view-${view}`;
}
