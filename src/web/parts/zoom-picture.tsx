import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Picture } from '../../client/eidetic-client.ts';
import { client } from '../state/server.ts';
import { texts } from '../texts/texts.ts';
import { fileName } from './file-name.ts';
import { isTyping } from './is-typing.ts';
import { PictureImages } from './picture-images.tsx';
import { LARGEST_THUMBNAIL, needsOriginal, previewReason } from './picture-layers.ts';
import { followPointers } from './pointer-gestures.ts';
import { thumbnailAt } from './thumbnail.ts';
import { followWheel } from './wheel-zoom.ts';
import { closeUp, type Frame, fitted, moved, type Place, type Zoom, zoomedTo } from './zoom.ts';
import { ZoomControls } from './zoom-controls.tsx';

/** By how much a key or a button zooms. */
const STEP = 1.5;

/** CSS pixels that a key moves what is zoomed. */
const MOVE = 80;

const MOVES: Readonly<Record<string, readonly [dx: number, dy: number]>> = {
  ArrowLeft: [MOVE, 0],
  ArrowRight: [-MOVE, 0],
  ArrowUp: [0, MOVE],
  ArrowDown: [0, -MOVE],
};

interface ZoomPictureProps {
  readonly picture: Picture;
  /** Asked for the next picture, or the previous one, by a finger; null where there are no others. */
  readonly onStep: ((by: 1 | -1) => void) | null;
}

/** A picture, whole and never larger than it is, until somebody zooms: by wheel, fingers, keys, buttons or two clicks. */
export function ZoomPicture({ picture, onStep }: ZoomPictureProps): JSX.Element {
  const element = useRef<HTMLDivElement>(null);
  const area = useSignal({ width: 0, height: 0 });
  const zoom = useSignal<Zoom | null>(null); // null: the whole picture, however large the area becomes
  const drawn = useSignal(0);
  const missing = useSignal<string | null>(null); // address of an original that could not be had
  const frame: Frame = { picture, area: area.value };
  const shown = zoom.value ?? fitted(frame);
  const actual = 1 / devicePixelRatio;

  const zoomTo = (scale: number, place: Place) => {
    const next = zoomedTo(shown, scale, place, frame);
    zoom.value = next.scale <= fitted(frame).scale ? null : next;
  };
  const middle = { x: area.value.width / 2, y: area.value.height / 2 };
  const toggle = (place: Place) => {
    if (zoom.value === null) {
      zoomTo(closeUp(frame, actual), place);
    } else {
      zoom.value = null;
    }
  };
  const move = (dx: number, dy: number) => {
    zoom.value = zoom.value && moved(zoom.value, dx, dy, frame);
  };
  const onKey = (event: KeyboardEvent) => {
    const way = event.shiftKey ? MOVES[event.key] : undefined;
    if (isTyping(event)) {
      return;
    }
    if (way !== undefined) {
      move(...way);
    } else if (event.key === '+' || event.key === '=') {
      zoomTo(shown.scale * STEP, middle);
    } else if (event.key === '-') {
      zoomTo(shown.scale / STEP, middle);
    } else if (event.key === '0') {
      zoom.value = null;
    } else if (event.key === '1') {
      zoomTo(actual, middle);
    }
  };

  // What listeners call is that of the last time that this was drawn.
  const latest = useRef({ zoomTo, toggle, move, onKey, onStep, shown });
  latest.current = { zoomTo, toggle, move, onKey, onStep, shown };

  useLayoutEffect(() => {
    zoom.value = null;
  }, [picture.id]);
  useLayoutEffect(() => {
    const target = element.current as HTMLDivElement;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = target;
      if (width !== area.value.width || height !== area.value.height) {
        area.value = { width, height };
      }
    };
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(target);
    return () => watch.disconnect();
  }, []);
  useEffect(() => {
    const target = element.current as HTMLDivElement;
    const onKeyDown = (event: KeyboardEvent) => latest.current.onKey(event);
    addEventListener('keydown', onKeyDown);
    const ends = [
      followWheel(target, {
        isZoomed: () => zoom.value !== null,
        onZoom: (factor, place) => latest.current.zoomTo(latest.current.shown.scale * factor, place),
      }),
      followPointers(target, {
        isZoomed: () => zoom.value !== null,
        onMove: (dx, dy) => latest.current.move(dx, dy),
        onPinch: (factor, place) => latest.current.zoomTo(latest.current.shown.scale * factor, place),
        onDoubleTap: (place) => latest.current.toggle(place),
        onDraw: (dx) => {
          drawn.value = latest.current.onStep === null ? 0 : (dx ?? 0);
        },
        onSwipe: (by) => latest.current.onStep?.(by),
      }),
    ];
    return () => {
      removeEventListener('keydown', onKeyDown);
      for (const end of ends) {
        end();
      }
    };
  }, []);

  const [width, height] = [picture.width * shown.scale, picture.height * shown.scale];
  const side = Math.max(width, height) * devicePixelRatio;
  const original = client.addressOf(`/v1/pictures/${picture.id}/file`);
  const isMissing = missing.value === original;
  const reason = isMissing ? 'away' : previewReason(picture);
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a figure takes no keys */}
      <div
        ref={element}
        class={`zoom ${zoom.value === null ? '' : 'is-zoomed'}`}
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: where the focus is when a picture was opened
        tabIndex={0}
        aria-label={`${fileName(picture)}. ${texts.picture.zoomHint}`}
      >
        {area.value.width > 0 && (
          <div
            class={`zoomed ${shown.scale * devicePixelRatio >= 3 ? 'as-pixels' : ''}`}
            style={{
              width: `${width}px`,
              height: `${height}px`,
              transform: `translate(${shown.x + drawn.value}px, ${shown.y}px)`,
            }}
          >
            <PictureImages
              key={picture.id}
              name={fileName(picture)}
              small={thumbnailAt(picture, 512)}
              large={
                reason === null && needsOriginal(picture, side)
                  ? original
                  : thumbnailAt(picture, LARGEST_THUMBNAIL)
              }
              onMissing={(address) => {
                missing.value = address === original ? original : missing.value;
              }}
            />
          </div>
        )}
      </div>
      {reason !== null && <p class="preview-note">{texts.picture.preview(reason, picture.format)}</p>}
      <ZoomControls
        level={shown.scale * devicePixelRatio}
        isFitted={zoom.value === null}
        onIn={() => zoomTo(shown.scale * STEP, middle)}
        onOut={() => zoomTo(shown.scale / STEP, middle)}
        onToggle={() => toggle(middle)}
      />
    </>
  );
}
