import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { type FailureChoice, Failures } from '../state/failures.ts';
import { hasEnded, indexing } from '../state/indexing.ts';
import { client } from '../state/server.ts';
import { useLoaded } from '../state/use-loaded.ts';
import { texts } from '../texts/texts.ts';
import { FailureChooser } from './failure-chooser.tsx';
import { FailureItem } from './failure-item.tsx';
import { Problem } from './problem.tsx';
import { RetryFailures } from './retry-failures.tsx';

/** The files that could not be read, by reason and folder. @param folders of the library, to choose from */
export function FailureList(props: {
  readonly folders: readonly string[];
  readonly choice: FailureChoice;
  readonly onChoice: (choice: FailureChoice) => void;
}): JSX.Element {
  const words = texts.failures;
  const { choice } = props;
  const { code, pathPrefix } = choice;
  const run = indexing.value;
  const ended = run !== null && hasEnded(run) ? run.id : null;
  const counts = useLoaded(
    (signal) => client.failureCounts(pathPrefix === undefined ? {} : { pathPrefix }, signal),
    [pathPrefix, ended],
  );
  const marked = useSignal(0);
  const list = useMemo(() => new Failures(choice), [code, pathPrefix, ended, marked.value]);
  useEffect(() => {
    void list.more();
    return () => list.stop();
  }, [list]);
  if (counts.kind === 'failed') {
    return (
      <section id="failures">
        <h2>{words.title}</h2>
        <Problem error={counts.error} />
      </section>
    );
  }
  if (counts.kind === 'loading') {
    return (
      <section id="failures" aria-busy="true">
        <h2>{words.title}</h2>
      </section>
    );
  }
  const { failures: all, byCode } = counts.value;
  const chosen = code === undefined ? all : (byCode.find((one) => one.code === code)?.failures ?? 0);
  const failures = list.failures.value;
  return (
    <section id="failures">
      <h2>{words.title}</h2>
      {all === 0 && pathPrefix === undefined ? (
        <p>{words.none}</p>
      ) : (
        <>
          <FailureChooser {...props} all={all} byCode={byCode} />
          {chosen > 0 && (
            <RetryFailures
              key={`${code} ${pathPrefix} ${ended}`}
              choice={choice}
              count={chosen}
              onMarked={() => marked.value++}
            />
          )}
          {list.isWhole.value && failures.length === 0 && <p class="quiet">{words.noneChosen}</p>}
        </>
      )}
      {list.error.value !== null && <Problem error={list.error.value} onRetry={() => void list.more()} />}
      <ul class="failures">
        {failures.map((failure) => (
          <FailureItem key={failure.path} failure={failure} />
        ))}
      </ul>
      {failures.length > 0 && !list.isWhole.value && (
        <div class="more">
          <button type="button" disabled={list.isLoading.value} onClick={() => void list.more()}>
            {words.more}
          </button>
          <span class="quiet">{words.shown(failures.length, chosen)}</span>
        </div>
      )}
    </section>
  );
}
