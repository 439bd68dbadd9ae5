import type { JSX } from 'preact';
import type { Fact } from './picture-facts.ts';

/** Facts by name, one a line. @property kind class that says how they are laid out */
export function FactList(props: {
  readonly kind: string;
  readonly facts: readonly Fact[];
  readonly label?: string;
}): JSX.Element {
  return (
    <dl class={props.kind} aria-label={props.label}>
      {props.facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
