import type { Picture } from '../../client/eidetic-client.ts';
import { copyText } from '../parts/copy-text.ts';
import { folderOf } from '../parts/file-name.ts';
import type { PictureAction } from '../parts/picture-menu.tsx';
import { sayBriefly } from '../state/dropped.ts';
import { goTo } from '../state/location.ts';
import { texts } from '../texts/texts.ts';

/** What can be done with any picture, wherever it is shown. */
export function actionsOf({ id, files: [path] }: Picture): PictureAction[] {
  const query = { kind: 'picture', id, region: null } as const;
  const search = {
    name: texts.actions.searchFromHere,
    onChoose: () => goTo({ view: 'search', query, filter: {} }),
  };
  if (path === undefined) {
    return [search];
  }
  const folder = folderOf(path);
  return [
    search,
    ...(folder === ''
      ? []
      : [
          {
            name: texts.picture.folderPictures,
            onChoose: () => goTo({ view: 'folder', path: folder }),
          },
        ]),
    { name: texts.actions.copyPath, onChoose: () => void copy(path) },
  ];
}

async function copy(path: string): Promise<void> {
  sayBriefly((await copyText(path)) ? texts.actions.copied : texts.actions.notCopied);
}
