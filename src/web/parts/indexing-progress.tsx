import type { JSX } from 'preact';
import { indexing, indexingProblem } from '../state/indexing.ts';
import { texts } from '../texts/texts.ts';
import { Problem } from './problem.tsx';

/** How the index run goes on that was begun here; nothing without one. */
export function IndexingProgress(): JSX.Element | null {
  if (indexingProblem.value !== null) {
    return <Problem error={indexingProblem.value} />;
  }
  const job = indexing.value;
  if (job === null) {
    return null;
  }
  const { progress, error } = job;
  const { done, total } = progress ?? { done: 0, total: null };
  return (
    <div class="indexing" role="status">
      {error === null && (
        <>
          <progress max={total ?? undefined} value={total === null ? undefined : done} />
          <p>{texts.home.indexing(done, total)}</p>
        </>
      )}
      {error !== null && <p>{error.message}</p>}
    </div>
  );
}
