import { createContext, useContext, useState, type FocusEvent, type ReactNode } from 'react';

const RowFocus = createContext(true);
const RowAttention = createContext(true);

/** Where nothing can be pointed at without touching it, what pointing shows is shown always. */
const CAN_POINT = !matchMedia('(hover: none)').matches;

/** Properties of a row; whatever else is given ends up on its element. */
export interface RowProps extends React.HTMLAttributes<HTMLElement> {
  /** The key of the entry. */
  entry: string;
  children: ReactNode;
}

/**
 * A row of the conversation. The arrow keys lead to it; the Tab key leads to the controls in it, and
 * passes by those of all other rows: the input would be far away otherwise.
 */
export function Row({ entry, children, ...attributes }: RowProps): React.JSX.Element {
  const [hasFocus, setFocus] = useState(false);
  const [isPointedAt, setPointedAt] = useState(false);
  const onBlur = ({ currentTarget, relatedTarget }: FocusEvent): void => {
    setFocus(currentTarget.contains(relatedTarget));
  };
  return (
    // It does nothing by itself; it notes where the focus is.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <article
      {...attributes}
      data-key={entry}
      tabIndex={-1}
      onFocus={() => setFocus(true)}
      onBlur={onBlur}
      onPointerEnter={() => setPointedAt(true)}
      onPointerLeave={() => setPointedAt(false)}
    >
      <RowFocus.Provider value={hasFocus}>
        <RowAttention.Provider value={hasFocus || isPointedAt || !CAN_POINT}>
          {children}
        </RowAttention.Provider>
      </RowFocus.Provider>
    </article>
  );
}

/** The place of a control in the order of the Tab key: none, while it is in a row without focus. */
export function useRowTabIndex(): 0 | -1 {
  return useContext(RowFocus) ? 0 : -1;
}

/**
 * Whether someone points at the row or has the focus in it: what nobody needs before is not made for
 * all rows, which would cost each of them more than what it says.
 */
export function useRowAttention(): boolean {
  return useContext(RowAttention);
}
