import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { texts } from '../texts/texts.ts';
import { FITTED, moved, type Zoom, zoomedAt } from './zoom.ts';

interface ZoomPictureProps {
  /** Addresses, from the quickest to the largest; the original when browsers can show it. */
  readonly small: string;
  readonly large: string;
  readonly original: string | null;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly name: string;
}

/** By how much a key or a notch of the wheel zooms. */
const STEP = 1.25;

/** A picture that is zoomed by wheel, pinch, keys or double click, and moved by dragging. */
export function ZoomPicture(props: ZoomPictureProps): JSX.Element {
  const area = useRef<HTMLDivElement>(null);
  const zoom = useSignal<Zoom>(FITTED);
  const isLarge = useSignal(false);
  const pointers = useRef(new Map<number, { x: number; y: number }>());

  useEffect(() => {
    const element = area.current as HTMLDivElement;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      zoom.value = zoomedAt(zoom.value, event.deltaY < 0 ? STEP : 1 / STEP, placeIn(element, event));
    };
    // As an attribute it would be passive, and the page would scroll.
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, []);

  const onPointerMove = (event: JSX.TargetedPointerEvent<HTMLDivElement>) => {
    const element = event.currentTarget;
    const known = pointers.current;
    const before = known.get(event.pointerId);
    if (before === undefined) {
      return;
    }
    const [first, second] = [...known.values()];
    const span = first && second ? distance(first, second) : null;
    known.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (span === null) {
      const { width, height } = element.getBoundingClientRect();
      zoom.value = moved(zoom.value, (event.clientX - before.x) / width, (event.clientY - before.y) / height);
    } else {
      const [a, b] = [...known.values()] as [Point, Point];
      const middle = { clientX: (a.x + b.x) / 2, clientY: (a.y + b.y) / 2 };
      zoom.value = zoomedAt(zoom.value, distance(a, b) / Math.max(1, span), placeIn(element, middle));
    }
  };
  const release = (event: PointerEvent) => pointers.current.delete(event.pointerId);
  const { scale, x, y } = zoom.value;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a figure takes no keys
    <div
      ref={area}
      class="zoom"
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: plus and minus zoom what has the focus
      tabIndex={0}
      aria-label={`${props.name}. ${texts.picture.zoomHint}`}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
      }}
      onPointerMove={onPointerMove}
      onPointerUp={release}
      onPointerCancel={release}
      onDblClick={(event) => {
        zoom.value = scale > 1 ? FITTED : zoomedAt(FITTED, 3, placeIn(event.currentTarget, event));
      }}
      onKeyDown={(event) => {
        if (event.key === '+' || event.key === '=') {
          zoom.value = zoomedAt(zoom.value, STEP, { x: 0.5, y: 0.5 });
        } else if (event.key === '-') {
          zoom.value = zoomedAt(zoom.value, 1 / STEP, { x: 0.5, y: 0.5 });
        } else if (event.key === '0') {
          zoom.value = FITTED;
        }
      }}
    >
      <div class="zoomed" style={{ transform: `translate(${x * 100}%, ${y * 100}%) scale(${scale})` }}>
        <img class="whole" src={props.small} alt={props.name} draggable={false} />
        <img
          class={`whole ${isLarge.value ? '' : 'to-come'}`}
          src={scale > 1 && props.original !== null ? props.original : props.large}
          alt=""
          draggable={false}
          onLoad={() => {
            isLarge.value = true;
          }}
        />
      </div>
    </div>
  );
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** In fractions of an area's width and height. */
function placeIn(area: Element, { clientX, clientY }: { clientX: number; clientY: number }): Point {
  const { left, top, width, height } = area.getBoundingClientRect();
  return { x: (clientX - left) / width, y: (clientY - top) / height };
}
