import type { JSX } from 'preact';
import type { LibraryAnswer, RootsAnswer } from '../../client/eidetic-client.ts';
import { texts } from '../texts/texts.ts';
import { countsBeside, filesTogether } from './file-counts.ts';
import { FolderCard } from './folder-card.tsx';
import { FoldersToIndex } from './folders-to-index.tsx';
import { FileSum } from './library-numbers.tsx';

/** The folders of a library, and what lies in none of them, so that the numbers come to those of the whole. */
export function FolderList(props: {
  readonly roots: RootsAnswer['roots'];
  readonly library: LibraryAnswer;
}): JSX.Element {
  const words = texts.library;
  const rest = countsBeside(props.library, props.roots);
  const others = props.library.mayIndex.filter(
    (folder) => !props.roots.some(({ path }) => folder === path || folder.startsWith(`${path}/`)),
  );
  return (
    <section>
      <h2>{words.folders}</h2>
      {props.roots.length === 0 && <p class="quiet">{words.noFolders}</p>}
      <ul class="cards">
        {props.roots.map((folder) => (
          <FolderCard key={folder.path} folder={folder} />
        ))}
        {filesTogether(rest) > 0 && (
          <li class="card">
            <div class="card-head">
              <h3>{words.elsewhere}</h3>
            </div>
            <FileSum counts={rest} />
          </li>
        )}
      </ul>
      {others.length > 0 && (
        <div class="another-folder">
          <FoldersToIndex title={texts.firstRun.another} folders={others} />
        </div>
      )}
    </section>
  );
}
