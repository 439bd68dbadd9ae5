import type { JSX } from 'preact';
import { type CompareAnswer, EideticApiError } from '../../client/eidetic-client.ts';
import { ComparedPicture } from '../parts/compared-picture.tsx';
import { comparisonFacts } from '../parts/comparison-facts.ts';
import { differingFacts } from '../parts/differing-facts.ts';
import { FactList } from '../parts/fact-list.tsx';
import { type Overlap, overlapOf } from '../parts/overlap.ts';
import { Problem } from '../parts/problem.tsx';
import { verdictWords } from '../parts/verdict-words.ts';
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
  readonly a: Example;
  readonly b: Example;
}

/** Two pictures beside each other: what they are to each other, what they have in common, and how that is known. */
export function CompareView({ a, b }: CompareViewProps): JSX.Element {
  const words = texts.compare;
  const comparison = useLoaded((signal) =>
    client.compare({ a: namedPicture(a), b: namedPicture(b) }, signal),
  );
  const sides = [useCompared(a), useCompared(b)] as const;
  useTitle(words.title);
  const onClose = () => goBack(searchFor(a));
  useListKeys({ onClose });

  const failed = [comparison, ...sides].find((state) => state.kind === 'failed');
  if (failed !== undefined) {
    return (
      <Problem
        error={failed.error}
        words={isForgotten(failed.error, a, b) ? words.forgotten : null}
        onClose={onClose}
      />
    );
  }
  const answer = comparison.kind === 'there' ? comparison.value : null;
  const overlap = answer && sharedIn(answer);
  const [first, second] = sides.map(comeOf);
  const { own } = differingFacts([first?.facts ?? [], second?.facts ?? []]);
  const hasFacts = (first?.facts.length ?? 0) > 0 && (second?.facts.length ?? 0) > 0;
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
      <div class="beside-each-other">
        {(
          [
            ['A', first, overlap?.a, own[0]],
            ['B', second, overlap?.b, own[1]],
          ] as const
        ).map(([letter, picture, shared, facts]) => (
          <ComparedPicture
            key={letter}
            letter={letter}
            picture={picture ?? null}
            shared={shared ?? null}
            facts={hasFacts ? (facts ?? []) : []}
          />
        ))}
      </div>
      {overlap && (
        <p class="shared-hint">{answer?.relation === 'copy' ? words.shared : words.perhapsShared}</p>
      )}
      {answer !== null && (
        <details class="numbers">
          <summary>{words.numbers}</summary>
          <FactList kind="facts" label={words.numbers} facts={comparisonFacts(answer, texts)} />
        </details>
      )}
    </article>
  );
}

function Verdict({ answer }: { readonly answer: CompareAnswer | null }): JSX.Element {
  if (answer === null) {
    return (
      <div class="verdict" role="status">
        <h1>{texts.compare.looking}</h1>
      </div>
    );
  }
  const { title, meaning, sentences } = verdictWords(answer, texts);
  return (
    <div class="verdict" role="status">
      <h1>{title}</h1>
      <p class="quiet">{meaning}</p>
      {sentences.map((sentence) => (
        <p key={sentence} lang="en">
          {sentence}
        </p>
      ))}
    </div>
  );
}

/** What both show, where they were found to show the same; null elsewhere: that things fit together says less. */
function sharedIn({ relation, verification }: CompareAnswer): Overlap | null {
  const map = verification?.evidence.map ?? null;
  const isShown = relation === 'copy' || relation === 'unsure' || relation === 'burst';
  return isShown && map !== null ? overlapOf(map) : null;
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
