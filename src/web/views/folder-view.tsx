import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Picture } from '../../client/eidetic-client.ts';
import { PictureGrid } from '../grid/picture-grid.tsx';
import { fileName } from '../parts/file-name.ts';
import { Problem } from '../parts/problem.tsx';
import { ShownPath } from '../parts/shown-path.tsx';
import { formatRoute } from '../route.ts';
import { knownFolder } from '../state/folder-pictures.ts';
import { goTo } from '../state/location.ts';
import { texts } from '../texts/texts.ts';

/** The pictures of a folder, and of the folders in it. */
export function FolderView({ path }: { readonly path: string }): JSX.Element {
  const folder = useMemo(() => knownFolder(path), [path]);
  const pictures = folder.pictures.value;
  const within = formatRoute({ view: 'folder', path }).slice(1);
  const words = texts.folder;
  return (
    <section class="folder">
      <h1>{words.title}</h1>
      <p>
        <ShownPath path={path} />
      </p>
      {folder.error.value !== null && (
        <Problem error={folder.error.value} onRetry={() => void folder.more()} />
      )}
      {folder.isWhole.value && pictures.length === 0 && <p class="nothing">{words.none}</p>}
      {pictures.length > 0 && (
        <p class="quiet" role="status">
          {words.count(pictures.length, folder.isWhole.value)}
        </p>
      )}
      <PictureGrid<Picture>
        key={path}
        pictures={pictures}
        label={words.title}
        captionOf={(picture) => nameIn(path, picture)}
        onOpen={({ id }) => goTo({ view: 'picture', id, within })}
        {...(folder.isWhole.value ? {} : { onEnd: () => void folder.more() })}
      />
    </section>
  );
}

/** A picture can lie in other folders too: its name here. */
function nameIn(folder: string, picture: Picture): string {
  const here = picture.files.filter((file) => file.startsWith(`${folder}/`));
  return fileName({ ...picture, files: here.length > 0 ? here : picture.files });
}
