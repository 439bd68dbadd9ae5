import type { JSX } from 'preact';
import { EideticApiError } from '../../client/eidetic-client.ts';
import { formatRoute } from '../route.ts';
import { hasEnded, indexing, indexingProblem } from '../state/indexing.ts';
import { texts } from '../texts/texts.ts';
import { Problem } from './problem.tsx';
import { RunOutcome } from './run-outcome.tsx';
import { RunProgress } from './run-progress.tsx';

/** Why a run could not be begun, followed or stopped; nothing when it could. */
export function IndexingProblem(): JSX.Element | null {
  const error = indexingProblem.value;
  const isForbidden = error instanceof EideticApiError && error.problem.code === 'FORBIDDEN';
  return error === null ? null : (
    <Problem
      error={error}
      words={isForbidden ? texts.problem.notAllowed : null}
      onClose={() => {
        indexingProblem.value = null;
      }}
    />
  );
}

/** How the index run of this server goes on, and how it ended while somebody looked; nothing without one. */
export function IndexingProgress(): JSX.Element | null {
  const run = indexing.value;
  if (indexingProblem.value !== null) {
    return <IndexingProblem />;
  }
  if (run === null) {
    return null;
  }
  if (!hasEnded(run)) {
    return (
      <section class="indexing" aria-label={texts.runs.title}>
        <RunProgress run={run} />
      </section>
    );
  }
  const failed = (run.outcome?.failed ?? 0) + (run.outcome?.stillFailed ?? 0);
  return (
    <section class="indexing ended" aria-label={texts.runs.title}>
      <div role="status">
        <strong>{texts.runs[run.state]}</strong>
        <RunOutcome run={run} />
      </div>
      <div class="buttons">
        {failed > 0 && (
          <a class="button" href={formatRoute({ view: 'library' })}>
            {texts.runs.showFailures}
          </a>
        )}
        <button
          type="button"
          onClick={() => {
            indexing.value = null;
          }}
        >
          {texts.runs.close}
        </button>
      </div>
    </section>
  );
}
