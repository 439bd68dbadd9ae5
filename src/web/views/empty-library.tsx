import type { JSX } from 'preact';
import { CommandLine } from '../parts/command-line.tsx';
import { FoldersToIndex } from '../parts/folders-to-index.tsx';
import { shellWord } from '../parts/shell-word.ts';
import { hasEnded, indexing } from '../state/indexing.ts';
import { client, connection } from '../state/server.ts';
import { useLoaded } from '../state/use-loaded.ts';
import { texts } from '../texts/texts.ts';

/** What to do when nothing is there: here where this server may index, else on its command line. */
export function EmptyLibrary(): JSX.Element {
  const words = texts.firstRun;
  const state = connection.value;
  const library = useLoaded((signal) => client.library(signal));
  const isAdmin = state.kind === 'in' && state.scope === 'admin';
  const isIndexing = indexing.value !== null && !hasEnded(indexing.value);
  if (library.kind !== 'there') {
    return (
      <section class="first-run" aria-busy="true">
        <h1>{words.title}</h1>
      </section>
    );
  }
  const { mayIndex, path, isReadOnly } = library.value;
  return (
    <section class="first-run">
      <h1>{words.title}</h1>
      {isReadOnly ? (
        <p>{words.readOnly}</p>
      ) : (
        <>
          <p class="quiet">{words.hint}</p>
          {mayIndex.length > 0 && !isIndexing && <FoldersToIndex title={words.choose} folders={mayIndex} />}
          {mayIndex.length === 0 && (
            <>
              <p>{isAdmin ? words.commandLine : words.mayNot}</p>
              <CommandLine command={indexCommand(path)} />
            </>
          )}
          {mayIndex.length === 0 && isAdmin && (
            <>
              <p>{words.allow}</p>
              <CommandLine command={`eidetic serve${inLibrary(path)} --allow-index ~/Pictures`} />
            </>
          )}
        </>
      )}
    </section>
  );
}

function indexCommand(library: string | null): string {
  return `eidetic index${inLibrary(library)} ~/Pictures`;
}

function inLibrary(library: string | null): string {
  return library === null ? '' : ` --library ${shellWord(library)}`;
}
