import type { JSX } from 'preact';
import { EideticApiError } from '../../client/eidetic-client.ts';
import { ComparedPair } from '../parts/compared-pair.tsx';
import { comparisonFacts } from '../parts/comparison-facts.ts';
import { FactList } from '../parts/fact-list.tsx';
import { Problem } from '../parts/problem.tsx';
import { Verdict } from '../parts/verdict.tsx';
import type { Example, Route } from '../route.ts';
import { namedPicture } from '../state/asked-picture.ts';
import type { Loaded } from '../state/loaded.ts';
import { goBack } from '../state/location.ts';
import { client } from '../state/server.ts';
import { type Compared, useCompared } from '../state/use-compared.ts';
import { useListKeys } from '../state/use-list-keys.ts';
import { useLoaded } from '../state/use-loaded.ts';
import { useTitle } from '../state/use-title.ts';
import { texts } from '../texts/texts.ts';

interface CompareViewProps {
  readonly first: Example;
  readonly second: Example;
}

/** Two pictures beside each other: what they are to each other, what they have in common, and how that is known. */
export function CompareView({ first, second }: CompareViewProps): JSX.Element {
  const words = texts.compare;
  const comparison = useLoaded((signal) =>
    client.compare({ a: namedPicture(first), b: namedPicture(second) }, signal),
  );
  const sides = [useCompared(first), useCompared(second)] as const;
  const [a, b] = [comeOf(sides[0]), comeOf(sides[1])];
  useTitle(a === null || b === null ? '' : words.title(a.name, b.name));
  const onClose = () => goBack(searchFor(first));
  useListKeys({ onClose });

  const failed = [comparison, ...sides].find((state) => state.kind === 'failed');
  if (failed !== undefined) {
    return (
      <Problem
        error={failed.error}
        words={isForgotten(failed.error, first, second) ? words.forgotten : null}
        onClose={onClose}
      />
    );
  }
  const answer = comparison.kind === 'there' ? comparison.value : null;
  return (
    <article class="compare" aria-busy={answer === null}>
      <header class="compare-head">
        <Verdict answer={answer} />
        <button
          type="button"
          class="close"
          aria-label={texts.actions.close}
          title={`${texts.actions.close} (Esc)`}
          onClick={onClose}
        >
          ×
        </button>
      </header>
      <ComparedPair answer={answer} a={a} b={b} />
      {answer !== null && (
        <details class="numbers">
          <summary>{words.numbers}</summary>
          <FactList kind="facts" label={words.numbers} facts={comparisonFacts(answer, texts)} />
        </details>
      )}
    </article>
  );
}

function comeOf(state: Loaded<Compared>): Compared | null {
  return state.kind === 'there' ? state.value : null;
}

function isForgotten(error: unknown, ...pictures: readonly Example[]): boolean {
  const isGone = error instanceof EideticApiError && error.problem.code === 'NOT_FOUND';
  return isGone && pictures.some((picture) => typeof picture === 'string');
}

/** Where somebody goes back to who came by a link. */
function searchFor(picture: Example): Route {
  const query =
    typeof picture === 'number'
      ? ({ kind: 'picture', id: picture, region: null } as const)
      : ({ kind: 'dropped', hash: picture, region: null } as const);
  return { view: 'search', query, filter: {} };
}
