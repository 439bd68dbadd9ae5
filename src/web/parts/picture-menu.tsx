import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Picture } from '../../client/eidetic-client.ts';
import { texts } from '../texts/texts.ts';
import { fileName, folderOf, shownText } from './file-name.ts';
import { thumbnailOf } from './thumbnail.ts';

/** One thing to do with a picture. */
export interface PictureAction {
  readonly name: string;
  readonly onChoose: () => void;
}

/** Everything that can be done with a picture, in words. Closed by Escape, by a press beside it, or by choosing. */
export function PictureMenu(props: {
  readonly picture: Picture;
  readonly actions: readonly PictureAction[];
  readonly onClose: () => void;
}): JSX.Element {
  const { picture } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const close = () => dialog.current?.close();
  const [path] = picture.files;
  return (
    <dialog
      ref={dialog}
      class="menu"
      aria-label={fileName(picture)}
      onClose={props.onClose}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) {
          close();
        }
      }}
    >
      <div class="menu-head">
        <img src={thumbnailOf(picture, 96)} alt="" width="56" height="56" />
        <p>
          <strong>{fileName(picture)}</strong>
          {path !== undefined && <span class="quiet">{shownText(folderOf(path))}</span>}
        </p>
      </div>
      {props.actions.map(({ name, onChoose }) => (
        <button
          key={name}
          type="button"
          onClick={() => {
            close();
            onChoose();
          }}
        >
          {name}
        </button>
      ))}
      <button type="button" class="quiet" onClick={close}>
        {texts.actions.close}
      </button>
    </dialog>
  );
}
