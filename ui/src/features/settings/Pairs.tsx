import type { ReactNode } from 'react';

/** A section of figures with their names; `children` stand above them. */
export function Pairs({
  title,
  pairs,
  children,
}: {
  title: string;
  pairs: readonly [string, string][];
  children?: ReactNode;
}) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      {children}
      <dl>
        {pairs.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
