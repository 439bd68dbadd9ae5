import { Component, type ComponentChildren, type JSX } from 'preact';
import type { Picture } from '../../client/eidetic-client.ts';
import { fileName } from '../parts/file-name.ts';
import { thumbnailOf } from '../parts/thumbnail.ts';
import { isTouch } from '../state/media.ts';
import { dragPicture } from './dragged-picture.ts';
import { useLongPress } from './long-press.ts';
import { useRetry } from './retry-image.ts';

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
  /** Pictures of the list; null while there may be more. */
  readonly total: number | null;
  readonly caption: ComponentChildren;
  readonly marks: ComponentChildren;
  readonly actions: ComponentChildren;
  readonly onFocus: () => void;
  readonly onOpen: () => void;
  readonly onMenu: (() => void) | undefined;
}

/** The longest side of the whole picture at the size in which a part of it may be shown, pixels. */
function wholeSide(picture: Picture, { width, height }: Place): number {
  const ratio = picture.width / Math.max(1, picture.height);
  return Math.max(width, height, height * ratio, width / Math.max(ratio, 0.01));
}

/**
 * A picture of a grid. It is drawn anew only for another picture or place: scrolling, and pictures that come after it,
 * must cost little.
 */
export class PictureTile extends Component<PictureTileProps> {
  override shouldComponentUpdate(next: PictureTileProps): boolean {
    const { picture, place, isReachable, position, total } = this.props;
    return (
      picture !== next.picture ||
      isReachable !== next.isReachable ||
      position !== next.position ||
      total !== next.total ||
      !isSamePlace(place, next.place)
    );
  }

  override render(): JSX.Element {
    return <DrawnTile {...this.props} />;
  }
}

function isSamePlace(a: Place, b: Place): boolean {
  return (
    a.top === b.top &&
    a.left === b.left &&
    a.width === b.width &&
    a.height === b.height &&
    a.below === b.below
  );
}

function DrawnTile(props: PictureTileProps): JSX.Element {
  const { picture, place, position } = props;
  const { top, left, width, height, below } = place;
  const name = fileName(picture);
  const onPress = useLongPress(props.onMenu);
  const retry = useRetry();
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    <div
      role="listitem"
      class="tile"
      aria-posinset={position + 1}
      aria-setsize={props.total ?? -1}
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
        data-picture={picture.id}
        tabIndex={props.isReachable ? 0 : -1}
        style={{ height: `${height}px` }}
        title={name}
        {...onPress}
        onFocus={props.onFocus}
        onClick={(event) => {
          event.currentTarget.focus({ preventScroll: true }); // not every browser does, and who comes back finds it so
          props.onOpen();
        }}
      >
        <img
          src={thumbnailOf(picture, wholeSide(picture, place))}
          width={Math.round(width)}
          height={Math.round(height)}
          alt={name}
          decoding="async"
          {...retry}
          draggable={!isTouch.value}
          onDragStart={(event) => dragPicture(event.dataTransfer, picture.id)}
        />
        {props.marks}
      </button>
      <div class="tile-caption" style={{ height: `${below}px` }}>
        {props.caption}
      </div>
      {props.actions !== undefined && <div class="tile-actions">{props.actions}</div>}
    </div>
  );
}
