import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { EqualGroup } from '../parts/equal-group.tsx';
import { EqualKinds } from '../parts/equal-kinds.tsx';
import { EqualTotals, unknownIn } from '../parts/equal-totals.tsx';
import { Problem } from '../parts/problem.tsx';
import { EqualFiles, type EqualRelation, equalSummary } from '../state/equal-files.ts';
import { useTitle } from '../state/use-title.ts';
import { texts } from '../texts/texts.ts';

/** Files that hold the same picture. Nothing is done to them. @param only groups of this relation; null for all */
export function EqualView({ only }: { readonly only: EqualRelation | null }): JSX.Element {
  const equal = useMemo(() => new EqualFiles(only), [only]);
  useEffect(() => {
    void equal.more();
    return () => equal.stop();
  }, [equal]);
  const words = texts.equal;
  useTitle(words.title);
  const groups = equal.groups.value;
  const isWaiting = equal.isLoading.value && groups.length === 0;
  const summary = equalSummary.value;
  const hasNone = equal.isWhole.value && groups.length === 0;
  return (
    <section class="equal">
      <h1>{words.title}</h1>
      <p class="quiet">{words.hint}</p>
      {summary !== null && (
        <>
          <EqualTotals summary={summary} />
          <EqualKinds counts={summary.counts} only={only} />
        </>
      )}
      {isWaiting && <Waiting progress={equal.progress.value} />}
      {equal.error.value !== null && <Problem error={equal.error.value} onRetry={() => void equal.more()} />}
      {hasNone && (
        <div class="nothing">
          <p>{summary !== null && unknownIn(summary).length > 0 ? words.noneNow : words.none}</p>
          <p>{words.noneHint}</p>
        </div>
      )}
      {groups.map((group, i) => (
        <EqualGroup key={group.id} group={group} isFirstOfKind={groups[i - 1]?.relation !== group.relation} />
      ))}
      {!equal.isWhole.value && groups.length > 0 && (
        <div class="more">
          <button type="button" disabled={equal.isLoading.value} onClick={() => void equal.more()}>
            {texts.home.more}
          </button>
        </div>
      )}
    </section>
  );
}

/** That the server is at it, and how far, once it knows. */
function Waiting({ progress }: { readonly progress: EqualFiles['progress']['value'] }): JSX.Element {
  const words = texts.equal;
  const { step, done, total } = progress ?? { step: 'comparing', done: 0, total: null };
  const isCounted = step === 'looking' && total !== null;
  return (
    <div class="waiting" role="status" aria-busy="true">
      <progress
        max={isCounted ? total : undefined}
        value={isCounted ? done : undefined}
        aria-label={words.looking}
      />
      <p>{isCounted ? words.lookingAt(done, total) : words.looking}</p>
      <p class="quiet">{words.onlyOnce}</p>
    </div>
  );
}
