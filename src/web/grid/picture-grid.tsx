import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Picture } from '../../client/eidetic-client.ts';
import { heightOf, justifiedRows, type Row, rowAt } from './justified-rows.ts';
import { nextTile } from './next-tile.ts';
import { PictureTile } from './picture-tile.tsx';

/** Pixels between pictures, and below each for what is written there. */
const GAP = 8;
const BELOW = 24;

/** Rows are drawn so many screens before they are seen. */
const AHEAD = 1;

export interface PictureGridProps<Shown extends Picture> {
  readonly pictures: readonly Shown[];
  readonly label: string;
  readonly captionOf: (picture: Shown) => ComponentChildren;
  readonly onOpen: (picture: Shown) => void;
  /** Asked for more when the end comes near. */
  readonly onEnd?: () => void;
  readonly actionsOf?: (picture: Shown) => ComponentChildren;
}

/** Pictures in rows from edge to edge. However many they are, only those near the screen are in the page. */
export function PictureGrid<Shown extends Picture>(props: PictureGridProps<Shown>): JSX.Element {
  const { pictures, label, onEnd } = props;
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
      const next = { from: -top - AHEAD * screen, to: -top + (1 + AHEAD) * screen };
      if (next.from !== view.value.from || next.to !== view.value.to) {
        view.value = next;
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
    addEventListener('scroll', later, { passive: true });
    return () => {
      cancelAnimationFrame(waiting);
      watch.disconnect();
      removeEventListener('scroll', later);
    };
  }, []);

  const rows = useMemo(() => layOut(pictures, width.value), [pictures, width.value]);
  const height = heightOf(rows, { below: BELOW });
  const shown = rowsWithin(rows, view.value);

  useEffect(() => {
    if (onEnd !== undefined && rows.length > 0 && view.value.to > height) {
      onEnd();
    }
  }, [view.value.to > height, pictures.length]);

  const onKeyDown = (event: JSX.TargetedKeyboardEvent<HTMLDivElement>) => {
    const next = nextTile(rows, focused.value, event.key);
    if (next !== null) {
      event.preventDefault();
      focused.value = next;
      focusTile(grid.current as HTMLDivElement, rows, next);
    }
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
      {shown.flatMap((row) =>
        row.boxes.map((box, i) => {
          const at = row.start + i;
          const picture = pictures[at] as Shown;
          return (
            <PictureTile
              key={picture.id}
              picture={picture}
              place={{ top: row.top, height: row.height, below: BELOW, ...box }}
              isReachable={at === focused.value}
              position={at}
              total={pictures.length}
              caption={props.captionOf(picture)}
              actions={props.actionsOf?.(picture)}
              onFocus={() => {
                focused.value = at;
              }}
              onOpen={() => props.onOpen(picture)}
            />
          );
        }),
      )}
    </div>
  );
}

function layOut(pictures: readonly Picture[], width: number): Row[] {
  if (width === 0) {
    return [];
  }
  const rowHeight = width < 600 ? 130 : width < 1_200 ? 180 : 220;
  const ratios = pictures.map((picture) => picture.width / Math.max(1, picture.height));
  return justifiedRows(ratios, { width, rowHeight, gap: GAP, below: BELOW });
}

function rowsWithin(rows: readonly Row[], { from, to }: { from: number; to: number }): readonly Row[] {
  return rows.slice(Math.max(0, rowAt(rows, from) - 1), rowAt(rows, to) + 1);
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
