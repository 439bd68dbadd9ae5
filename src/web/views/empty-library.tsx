import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { JobAnswer } from '../../client/eidetic-client.ts';
import { Problem } from '../parts/problem.tsx';
import { client, connection } from '../state/server.ts';
import { texts } from '../texts/texts.ts';

/** What to do when nothing is there: on the command line, or here where this server may index. */
export function EmptyLibrary({ onIndexed }: { readonly onIndexed: () => void }): JSX.Element {
  const folder = useSignal('');
  const job = useSignal<JobAnswer | null>(null);
  const problem = useSignal<unknown>(null);
  const words = texts.home;
  const state = connection.value;
  const mayIndex = state.kind === 'in' && state.scope === 'admin';

  const index = async () => {
    problem.value = null;
    try {
      const { id } = await client.addJob(folder.value);
      for await (const now of client.watchJob(id)) {
        job.value = now;
        if ((now.progress?.done ?? 0) > 0) {
          onIndexed();
        }
      }
      onIndexed();
    } catch (error) {
      problem.value = error;
    }
  };

  return (
    <section class="drop-here">
      <h1>{words.emptyTitle}</h1>
      <p>{words.emptyHint}</p>
      <pre>
        <code>eidetic index ~/Pictures</code>
      </pre>
      {mayIndex && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void index();
          }}
        >
          <p>{words.emptyIndex}</p>
          <label>
            {words.folder}
            <input
              required
              value={folder.value}
              onInput={(event) => {
                folder.value = event.currentTarget.value;
              }}
            />
          </label>
          <button type="submit" class="primary">
            {words.index}
          </button>
        </form>
      )}
      {job.value !== null && <JobProgress job={job.value} />}
      {problem.value !== null && <Problem error={problem.value} />}
    </section>
  );
}

function JobProgress({ job }: { readonly job: JobAnswer }): JSX.Element {
  const { progress, error } = job;
  return (
    <div role="status">
      {progress !== null && (
        <>
          <progress
            max={progress.total ?? undefined}
            value={progress.total === null ? undefined : progress.done}
          />
          <p>{texts.home.indexing(progress.done, progress.total)}</p>
        </>
      )}
      {error !== null && <p>{error.message}</p>}
    </div>
  );
}
