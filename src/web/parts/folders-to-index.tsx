import type { JSX } from 'preact';
import { indexFolders } from '../state/indexing.ts';
import { texts } from '../texts/texts.ts';
import { shownText } from './file-name.ts';
import { FolderToIndex } from './folder-to-index.tsx';

/** Folders that this server may index: each whole, or one inside. */
export function FoldersToIndex(props: {
  readonly title: string;
  readonly folders: readonly string[];
}): JSX.Element {
  const words = texts.firstRun;
  return (
    <>
      <h2>{props.title}</h2>
      <ul class="folders-to-index">
        {props.folders.map((folder) => (
          <li key={folder}>
            <code>{shownText(folder)}</code>
            <button type="button" class="primary" onClick={() => void indexFolders([folder])}>
              {words.index}
            </button>
          </li>
        ))}
      </ul>
      <details>
        <summary>{words.inside}</summary>
        <FolderToIndex folders={props.folders} />
      </details>
    </>
  );
}
