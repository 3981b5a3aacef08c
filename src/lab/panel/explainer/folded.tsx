import { useRowTabIndex } from '../row';

/** What few want to see, behind a line that says what it is. */
export function Folded({
  title,
  children
}: {
  title: string;
  children: React.ReactNode;
}): React.JSX.Element {
  const tabIndex = useRowTabIndex();
  return (
    <details className="jp-ChatOps-others">
      <summary tabIndex={tabIndex}>{title}</summary>
      {children}
    </details>
  );
}
