import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Picture } from '../../client/eidetic-client.ts';
import { isTouch } from '../state/media.ts';
import { heightOf, justifiedRows, type Row, rowAt } from './justified-rows.ts';
import { nextTile } from './next-tile.ts';
import { PictureTile } from './picture-tile.tsx';

/** Pixels between pictures, and below each for what is written there; with fingers also for a button. */
const GAP = 8;
const BELOW = 24;
const BELOW_TOUCH = 44;

/** Rows are drawn so many screens before they are seen, a few pixels of them in each frame: what is seen comes first. */
const AHEAD = 1;
const SLICE = 256;

/** Nothing is drawn anew for less than so many pixels of scrolling. */
const STRIDE = 128;

/**
 * What is shown of a picture and done with it depends on that picture alone as long as a grid is the same: one for
 * another question has another key.
 */
export interface PictureGridProps<Shown extends Picture> {
  readonly pictures: readonly Shown[];
  readonly label: string;
  readonly captionOf: (picture: Shown) => ComponentChildren;
  readonly onOpen: (picture: Shown) => void;
  /** Asked for more when the end comes near. */
  readonly onEnd?: () => void;
  /** Marks that lie on a picture. */
  readonly marksOf?: (picture: Shown) => ComponentChildren;
  /** @param isReachable whether the tab key leads to this picture, and so to its actions */
  readonly actionsOf?: (picture: Shown, isReachable: boolean) => ComponentChildren;
  /** Everything that can be done with a picture: asked for by a finger that stays. */
  readonly onMenu?: (picture: Shown) => void;
}

/** Pictures in rows from edge to edge. However many they are, only those near the screen are in the page. */
export function PictureGrid<Shown extends Picture>(props: PictureGridProps<Shown>): JSX.Element {
  const { pictures, label, onEnd, onMenu } = props;
  const below = onMenu !== undefined && isTouch.value ? BELOW_TOUCH : BELOW;
  const grid = useRef<HTMLDivElement>(null);
  const width = useSignal(0);
  const view = useSignal({ from: 0, to: 0 });
  const focused = useSignal(0);

  useLayoutEffect(() => {
    const element = grid.current as HTMLDivElement;
    const measure = () => {
      const { top } = element.getBoundingClientRect();
      const screen = innerHeight;
      width.value = element.clientWidth;
      const whole = {
        from: Math.floor(-top / STRIDE) * STRIDE - AHEAD * screen,
        to: Math.ceil(-top / STRIDE) * STRIDE + (1 + AHEAD) * screen,
      };
      const { from, to } = view.value;
      const next = {
        from: Math.max(whole.from, Math.min(from - SLICE, -top)),
        to: Math.min(whole.to, Math.max(to + SLICE, screen - top)),
      };
      if (next.from !== from || next.to !== to) {
        view.value = next;
      }
      if (next.from !== whole.from || next.to !== whole.to) {
        later();
      }
    };
    let waiting = 0;
    const later = () => {
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(measure);
    };
    measure();
    const watch = new ResizeObserver(later);
    watch.observe(element);
    watch.observe(document.body); // what stands above it may grow
    addEventListener('scroll', later, { passive: true });
    return () => {
      cancelAnimationFrame(waiting);
      watch.disconnect();
      removeEventListener('scroll', later);
    };
  }, []);

  const rows = useMemo(() => layOut(pictures, width.value, below), [pictures, width.value, below]);
  const height = heightOf(rows, { below });
  // Hits may have become fewer since it had the focus.
  const reachable = Math.min(focused.value, pictures.length - 1);
  const shown = rowsToDraw(rows, view.value, reachable);

  useEffect(() => {
    if (onEnd !== undefined && rows.length > 0 && view.value.to > height) {
      onEnd();
    }
  }, [view.value.to > height, pictures.length]);

  const onKeyDown = (event: JSX.TargetedKeyboardEvent<HTMLDivElement>) => {
    const element = grid.current as HTMLDivElement;
    const next = nextTile(rows, reachable, event.key);
    if (next !== null) {
      event.preventDefault();
      focused.value = next;
      focusTile(element, rows, next);
    } else if (focusNeighbor(element, event.key)) {
      event.preventDefault();
    }
  };

  const tile = (row: Row, box: Row['boxes'][number], at: number): JSX.Element => {
    const picture = pictures[at] as Shown;
    const isReachable = at === reachable;
    return (
      <PictureTile
        key={picture.id}
        picture={picture}
        place={{ top: row.top, height: row.height, below, ...box }}
        isReachable={isReachable}
        position={at}
        total={onEnd === undefined ? pictures.length : null}
        caption={props.captionOf(picture)}
        marks={props.marksOf?.(picture)}
        actions={props.actionsOf?.(picture, isReachable)}
        onMenu={onMenu && (() => onMenu(picture))}
        onFocus={() => {
          focused.value = at;
        }}
        onOpen={() => props.onOpen(picture)}
      />
    );
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a list of that many items would be read out as one
    <div
      ref={grid}
      role="list"
      aria-label={label}
      class="grid"
      style={{ height: `${height}px` }}
      onKeyDown={onKeyDown}
    >
      {shown.flatMap((row) => row.boxes.map((box, i) => tile(row, box, row.start + i)))}
    </div>
  );
}

function layOut(pictures: readonly Picture[], width: number, below: number): Row[] {
  if (width === 0) {
    return [];
  }
  const rowHeight = width < 600 ? 160 : width < 1_200 ? 180 : 220;
  const ratios = pictures.map((picture) => picture.width / Math.max(1, picture.height));
  return justifiedRows(ratios, { width, rowHeight, gap: GAP, below });
}

/** Those near the screen, and the one that the tab key leads to, which must not go with the focus in it. */
function rowsToDraw(
  rows: readonly Row[],
  { from, to }: { from: number; to: number },
  reachable: number,
): readonly Row[] {
  const [first, last] = [Math.max(0, rowAt(rows, from) - 1), rowAt(rows, to) + 1];
  const near = rows.slice(first, last);
  const other = rows.findLastIndex(({ start }) => start <= reachable);
  const row = rows[other];
  return row === undefined || (other >= first && other < last)
    ? near
    : other < first
      ? [row, ...near]
      : [...near, row];
}

/** A tile far off is not in the page before its row has been scrolled to. */
function focusTile(grid: HTMLElement, rows: readonly Row[], at: number): void {
  const row = rows.findLast(({ start }) => start <= at);
  const top = grid.getBoundingClientRect().top + scrollY + (row?.top ?? 0);
  const isSeen = top >= scrollY + 80 && top + (row?.height ?? 0) <= scrollY + innerHeight - 40;
  if (!isSeen) {
    scrollTo({ top: top - innerHeight / 3 });
  }
  requestAnimationFrame(() =>
    requestAnimationFrame(() =>
      grid.querySelector<HTMLElement>(`[data-at="${at}"]`)?.focus({ preventScroll: true }),
    ),
  );
}

/** Goes on in the list before or after, for who reads them as one. @returns whether there is one */
function focusNeighbor(grid: HTMLElement, key: string): boolean {
  const step = ['ArrowDown', 'ArrowRight'].includes(key)
    ? 1
    : ['ArrowUp', 'ArrowLeft'].includes(key)
      ? -1
      : 0;
  const grids = [...document.querySelectorAll('.grid')];
  const other = step === 0 ? undefined : grids[grids.indexOf(grid) + step];
  const tiles = [...(other?.querySelectorAll<HTMLElement>('[data-at]') ?? [])];
  const tile = step === 1 ? tiles[0] : tiles.at(-1);
  tile?.focus({ preventScroll: true });
  tile?.scrollIntoView({ block: 'nearest' });
  return tile !== undefined;
}
