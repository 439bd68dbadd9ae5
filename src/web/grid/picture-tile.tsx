import type { ComponentChildren, JSX } from 'preact';
import type { Picture } from '../../client/eidetic-client.ts';
import { fileName } from '../parts/file-name.ts';
import { thumbnailOf } from '../parts/thumbnail.ts';

/** Pixels, from the top left corner of the grid. */
interface Place {
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
  /** Below the picture, for its caption. */
  readonly below: number;
}

interface PictureTileProps {
  readonly picture: Picture;
  readonly place: Place;
  /** Whether the tab key stops here: at one picture of a grid, from where arrow keys go on. */
  readonly isReachable: boolean;
  readonly position: number;
  readonly total: number;
  readonly caption: ComponentChildren;
  readonly actions: ComponentChildren;
  readonly onFocus: () => void;
  readonly onOpen: () => void;
}

export function PictureTile(props: PictureTileProps): JSX.Element {
  const { picture, place, position } = props;
  const { top, left, width, height, below } = place;
  const name = fileName(picture);
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    <div
      role="listitem"
      class="tile"
      aria-posinset={position + 1}
      aria-setsize={props.total}
      style={{
        transform: `translate(${left}px, ${top}px)`,
        width: `${width}px`,
        height: `${height + below}px`,
      }}
    >
      <button
        type="button"
        class="tile-picture"
        data-at={position}
        tabIndex={props.isReachable ? 0 : -1}
        style={{ height: `${height}px` }}
        title={name}
        onFocus={props.onFocus}
        onClick={props.onOpen}
      >
        <img
          src={thumbnailOf(picture, Math.max(width, height))}
          width={Math.round(width)}
          height={Math.round(height)}
          alt={name}
          decoding="async"
          draggable={false}
        />
      </button>
      <div class="tile-caption" style={{ height: `${below}px` }}>
        {props.caption}
      </div>
      {props.actions !== undefined && <div class="tile-actions">{props.actions}</div>}
    </div>
  );
}
