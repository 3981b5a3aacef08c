import type { ReactNode } from 'react';

/** One line of a list of facts: what it is, and what is known. */
export function Fact({ name, children }: { name: string; children: ReactNode }): React.JSX.Element {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** A duration as short as it can be told apart. @param duration - in milliseconds. */
export function milliseconds(duration: number): string {
  return duration < 10 ? duration.toFixed(1) : Math.round(duration).toString();
}
