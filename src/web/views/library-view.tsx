import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { FailurePage, JobPage, RetryAnswer, RootsAnswer } from '../../client/eidetic-client.ts';
import { shownText } from '../parts/file-name.ts';
import { Problem } from '../parts/problem.tsx';
import { counts, refreshCounts } from '../state/counts.ts';
import { Loader } from '../state/loaded.ts';
import { client, connection, leave } from '../state/server.ts';
import { useTitle } from '../state/use-title.ts';
import { texts } from '../texts/texts.ts';

/** Folders, index runs, failures and keys. */
export function LibraryView(): JSX.Element {
  useEffect(() => void refreshCounts(), []);
  const words = texts.library;
  useTitle(words.title);
  const state = connection.value;
  const isAdmin = state.kind === 'in' && state.scope === 'admin';
  return (
    <section class="library">
      <h1>{words.title}</h1>
      <Folders roots={counts.value?.roots ?? []} />
      {isAdmin ? (
        <>
          <Jobs />
          <Failures />
        </>
      ) : (
        <p class="quiet">{words.needsAdmin}</p>
      )}
      <h2>{words.keys}</h2>
      {state.kind === 'in' && state.hasKey ? (
        <p>
          {words.keysNeeded}{' '}
          <button type="button" onClick={() => void leave()}>
            {texts.key.leave}
          </button>
        </p>
      ) : (
        <p>{words.keysNotNeeded}</p>
      )}
    </section>
  );
}

function Folders({ roots }: { readonly roots: RootsAnswer['roots'] }): JSX.Element {
  const words = texts.library;
  const number = (value: number) => value.toLocaleString(texts.language);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section class="scroll" aria-label={words.folders} tabIndex={0}>
      <table>
        <caption>{words.folders}</caption>
        <thead>
          <tr>
            <th scope="col">{words.folder}</th>
            {[words.files, words.pictures, words.failures, words.unsupported, words.others].map((name) => (
              <th key={name} scope="col" class="number">
                {name}
              </th>
            ))}
            <th scope="col">{words.rules}</th>
          </tr>
        </thead>
        <tbody>
          {roots.map((root) => (
            <tr key={root.path}>
              <th scope="row">
                <code>{shownText(root.path)}</code>
              </th>
              {[root.files, root.pictures, root.failures, root.unsupported, root.others].map((value, i) => (
                <td key={i} class="number">
                  {number(value)}
                </td>
              ))}
              <td>{rulesInWords(root.rules)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function rulesInWords(rules: RootsAnswer['roots'][number]['rules']): string {
  const words = texts.library;
  const parts = [
    ...(rules?.includeHidden ? [words.hidden] : []),
    ...(rules?.followSymlinks ? [words.links] : []),
    ...(rules && rules.exclude.length > 0 ? [words.without(rules.exclude.join(', '))] : []),
  ];
  return parts.length === 0 ? words.noRules : parts.join('; ');
}

function Jobs(): JSX.Element {
  const loader = useSignal(new Loader<JobPage>()).value;
  const load = (keeps: boolean) => loader.load((signal) => client.jobs({ limit: 10 }, signal), keeps);
  useEffect(() => {
    void load(false);
    return () => loader.stop();
  }, []);
  const words = texts.library;
  const state = loader.state.value;
  if (state.kind === 'failed') {
    return <Problem error={state.error} onRetry={() => void load(false)} />;
  }
  const jobs = state.kind === 'there' ? state.value.jobs : [];
  return (
    <>
      <h2>{words.jobs}</h2>
      {jobs.length === 0 && <p class="quiet">{words.noJobs}</p>}
      <ul class="jobs">
        {jobs.map((job) => (
          <li key={job.id}>
            <span>{job.state}</span> <code>{job.roots.map(shownText).join(', ')}</code>{' '}
            <time dateTime={job.createdAt}>{new Date(job.createdAt).toLocaleString(texts.language)}</time>
            {['queued', 'running'].includes(job.state) && (
              <button type="button" onClick={() => void client.cancelJob(job.id).then(() => load(true))}>
                {words.cancel}
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function Failures(): JSX.Element {
  const loader = useSignal(new Loader<FailurePage>()).value;
  const answer = useSignal<RetryAnswer | null>(null);
  const problem = useSignal<unknown>(null);
  useEffect(() => {
    void loader.load((signal) => client.failures({ limit: 200 }, signal));
    return () => loader.stop();
  }, []);
  const words = texts.library;
  const state = loader.state.value;
  if (state.kind === 'failed') {
    return <Problem error={state.error} />;
  }
  const failures = state.kind === 'there' ? state.value.failures : [];
  return (
    <>
      <h2>{words.failuresTitle}</h2>
      {failures.length === 0 ? (
        <p class="quiet">{words.noFailures}</p>
      ) : (
        <button
          type="button"
          onClick={async () => {
            try {
              problem.value = null;
              answer.value = await client.retryFailures();
            } catch (error) {
              problem.value = error;
            }
          }}
        >
          {words.retry}
        </button>
      )}
      {answer.value !== null && <p role="status">{words.marked(answer.value.marked)}</p>}
      {problem.value !== null && <Problem error={problem.value} />}
      {(answer.value?.outside ?? 0) > 0 && <p>{words.outside(answer.value?.outside ?? 0)}</p>}
      <ul class="failures">
        {failures.map(({ path, code, message }) => (
          <li key={path}>
            <code>{shownText(path)}</code>
            <p>
              <span class="code">{code}</span> {message}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
