import type { JSX } from 'preact';
import { formatRoute } from '../route.ts';
import type { PictureFiles } from '../state/picture-files.ts';
import { texts } from '../texts/texts.ts';
import { CopyPath } from './copy-path.tsx';
import { folderOf } from './file-name.ts';
import { Problem } from './problem.tsx';
import { ShownPath } from './shown-path.tsx';

interface FileListProps {
  readonly files: PictureFiles;
  /** Paths that are known before all were looked at. */
  readonly known: readonly string[];
  readonly count: number;
}

/** The files that hold a picture, with what is at each path now. */
export function PictureFileList({ files, known, count }: FileListProps): JSX.Element {
  const words = texts.picture;
  const looked = files.files.value;
  const shown = looked.length > 0 ? looked : known.map((path) => ({ path, state: 'there' as const }));
  return (
    <section class="picture-files">
      <h2>{words.files(count)}</h2>
      {count > 1 && <p class="quiet">{words.sameBytes}</p>}
      <ul class="files">
        {shown.map(({ path, state }, i) => (
          <li key={i}>
            <ShownPath path={path} />
            {state !== 'there' && <p class="away">{words.states[state]}</p>}
            <span class="buttons">
              <CopyPath path={path} />
              {folderOf(path) !== '' && (
                <a class="button" href={formatRoute({ view: 'folder', path: folderOf(path) })}>
                  {words.folderPictures}
                </a>
              )}
            </span>
          </li>
        ))}
      </ul>
      {files.error.value !== null && <Problem error={files.error.value} onRetry={() => void files.more()} />}
      {!files.isWhole.value && looked.length > 0 && (
        <button type="button" disabled={files.isLoading.value} onClick={() => void files.more()}>
          {texts.home.more}
        </button>
      )}
    </section>
  );
}
