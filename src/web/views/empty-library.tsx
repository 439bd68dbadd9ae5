import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { indexFolder } from '../state/indexing.ts';
import { connection } from '../state/server.ts';
import { texts } from '../texts/texts.ts';

/** What to do when nothing is there: on the command line, or here where this server may index. */
export function EmptyLibrary({ onMore }: { readonly onMore: () => void }): JSX.Element {
  const folder = useSignal('');
  const words = texts.home;
  const state = connection.value;
  const mayIndex = state.kind === 'in' && state.scope === 'admin';
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
            void indexFolder(folder.value, onMore);
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
    </section>
  );
}
