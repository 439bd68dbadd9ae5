import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { CompareAnswer } from '../../client/eidetic-client.ts';
import type { Compared } from '../state/use-compared.ts';
import { texts } from '../texts/texts.ts';
import { ComparedPicture } from './compared-picture.tsx';
import { differingFacts } from './differing-facts.ts';
import { LaidOver } from './laid-over.tsx';
import { overlapOf } from './overlap.ts';
import { fitOf, sharedMap } from './pair-fit.ts';

interface ComparedPairProps {
  /** Null as long as it has not come, as the pictures. */
  readonly answer: CompareAnswer | null;
  readonly a: Compared | null;
  readonly b: Compared | null;
}

/** Width over height from which two pictures are larger on a phone when one lies below the other. */
const WIDE = 1.2;

/** Two pictures beside each other, and on request, where they fit, over each other. */
export function ComparedPair({ answer, a, b }: ComparedPairProps): JSX.Element {
  const isLaid = useSignal(false);
  const words = texts.compare;
  const fit = answer && fitOf(answer);
  const way = (laid: boolean, name: string) => (
    <button
      type="button"
      aria-pressed={isLaid.value === laid}
      onClick={() => {
        isLaid.value = laid;
      }}
    >
      {name}
    </button>
  );
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is of a form */}
      <div class={`ways ${fit === null ? 'to-come' : ''}`} role="group" aria-label={words.ways}>
        {way(false, words.beside)}
        {way(true, words.over)}
      </div>
      {isLaid.value && fit !== null && a !== null && b !== null ? (
        <LaidOver fit={fit} a={a} b={b} />
      ) : (
        <BesideEachOther answer={answer} a={a} b={b} />
      )}
    </>
  );
}

function BesideEachOther({ answer, a, b }: ComparedPairProps): JSX.Element {
  const words = texts.compare;
  const map = answer && sharedMap(answer);
  const overlap = map && overlapOf(map);
  const areWide = [a, b].every((picture) => (picture?.ratio ?? 0) > WIDE);
  const areKnown = a !== null && b !== null && a.facts.length > 0 && b.facts.length > 0;
  const [factsOfA = [], factsOfB = []] = areKnown ? differingFacts([a.facts, b.facts]).own : [];
  return (
    <>
      <div class={`beside-each-other ${areWide ? 'both-wide' : ''}`}>
        <ComparedPicture letter="A" picture={a} shared={overlap?.a ?? null} facts={factsOfA} />
        <ComparedPicture letter="B" picture={b} shared={overlap?.b ?? null} facts={factsOfB} />
      </div>
      {overlap !== null && (
        <p class="shared-hint">{answer?.relation === 'copy' ? words.shared : words.perhapsShared}</p>
      )}
    </>
  );
}
