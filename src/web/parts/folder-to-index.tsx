import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { indexFolders } from '../state/indexing.ts';
import { texts } from '../texts/texts.ts';

/** Asks for a folder by its path. @param folders that may be indexed, or what lies in them */
export function FolderToIndex({ folders }: { readonly folders: readonly string[] }): JSX.Element {
  const words = texts.firstRun;
  const folder = useSignal(`${folders[0]}/`);
  return (
    <form
      class="folder-form"
      onSubmit={(event) => {
        event.preventDefault();
        void indexFolders([folder.value]);
      }}
    >
      <label>
        {words.folder}
        <input
          required
          spellcheck={false}
          autocapitalize="off"
          value={folder.value}
          onInput={(event) => {
            folder.value = event.currentTarget.value;
          }}
        />
      </label>
      <button type="submit">{words.index}</button>
    </form>
  );
}
