import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { FailureList } from '../parts/failure-list.tsx';
import { countsBeside, filesTogether } from '../parts/file-counts.ts';
import { FolderList } from '../parts/folder-list.tsx';
import { IndexingProblem } from '../parts/indexing-progress.tsx';
import { LibraryNumbers } from '../parts/library-numbers.tsx';
import { ModelFacts } from '../parts/model-facts.tsx';
import { Problem } from '../parts/problem.tsx';
import { RunList } from '../parts/run-list.tsx';
import { ServerFacts } from '../parts/server-facts.tsx';
import { counts } from '../state/counts.ts';
import type { FailureChoice } from '../state/failures.ts';
import { indexing } from '../state/indexing.ts';
import { client, connection } from '../state/server.ts';
import { useLoaded } from '../state/use-loaded.ts';
import { useTitle } from '../state/use-title.ts';
import { texts } from '../texts/texts.ts';

/** What the library holds, where it comes from, how it is, and what can be done for it. */
export function LibraryView(): JSX.Element {
  const words = texts.library;
  useTitle(words.title);
  const state = connection.value;
  const isAdmin = state.kind === 'in' && state.scope === 'admin';
  const choice = useSignal<FailureChoice>({});
  const run = indexing.value;
  const loaded = useLoaded(askAll, [run?.id, run?.state]);
  const roots = loaded.kind === 'there' ? loaded.value.roots : [];
  const showFailures = (folder: string | null) => {
    choice.value = folder === null ? {} : { pathPrefix: folder };
    document.getElementById('failures')?.scrollIntoView();
  };
  return (
    <section class="library" aria-busy={loaded.kind === 'loading'}>
      <h1>{words.title}</h1>
      {loaded.kind === 'loading' && <p class="quiet late">{words.counting}</p>}
      {loaded.kind === 'failed' && <Problem error={loaded.error} />}
      {loaded.kind === 'there' && (
        <>
          <LibraryNumbers
            library={loaded.value.library}
            isOneFolder={roots.length === 1 && filesTogether(countsBeside(loaded.value.library, roots)) === 0}
          />
          <IndexingProblem />
          <FolderList roots={roots} library={loaded.value.library} />
        </>
      )}
      {isAdmin ? (
        <>
          <RunList onFailures={showFailures} />
          <FailureList
            folders={roots.map(({ path }) => path)}
            choice={choice.value}
            onChoice={(next) => {
              choice.value = next;
            }}
          />
        </>
      ) : (
        <p class="quiet">
          {words.needsAdmin} {words.needsAdminHint}
        </p>
      )}
      {loaded.kind === 'there' && (
        <>
          <ModelFacts library={loaded.value.library} spaces={loaded.value.spaces} />
          <ServerFacts library={loaded.value.library} />
        </>
      )}
    </section>
  );
}

/** All at once, so that the numbers are of one moment and come to each other. */
async function askAll(signal: AbortSignal) {
  const [library, { roots, pictures }, { spaces }] = await Promise.all([
    client.library(signal),
    client.roots(signal),
    client.spaces(signal),
  ]);
  counts.value = { roots, pictures };
  return { library, roots, spaces };
}
