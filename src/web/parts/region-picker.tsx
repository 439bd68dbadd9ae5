import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { Region } from '../route.ts';
import { texts } from '../texts/texts.ts';
import { regionBetween } from './region-between.ts';

interface RegionPickerProps {
  readonly address: string;
  readonly name: string;
  readonly region: Region | null;
  /** Whether dragging draws a region. */
  readonly isPicking: boolean;
  readonly onRegion: (region: Region | null) => void;
}

/** By how much an arrow key moves or sizes a region. */
const STEP = 0.05;

const MIDDLE: Region = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 };

/** A picture with the part of it that is searched; drawn by mouse or finger, or moved by arrow keys. */
export function RegionPicker({ address, name, region, isPicking, onRegion }: RegionPickerProps): JSX.Element {
  const area = useRef<HTMLDivElement>(null);
  const began = useSignal<{ x: number; y: number } | null>(null);
  const drawn = useSignal<Region | null>(null);
  const placeOf = (event: PointerEvent) => {
    const { left, top, width, height } = (area.current as HTMLDivElement).getBoundingClientRect();
    return { x: (event.clientX - left) / width, y: (event.clientY - top) / height };
  };
  const shown = drawn.value ?? region;
  return (
    <div
      ref={area}
      class={`query-picture ${isPicking ? 'picking' : ''}`}
      onPointerDown={(event) => {
        if (isPicking) {
          event.preventDefault();
          event.currentTarget.setPointerCapture(event.pointerId);
          began.value = placeOf(event);
        }
      }}
      onPointerMove={(event) => {
        if (began.value !== null) {
          drawn.value = regionBetween(began.value, placeOf(event));
        }
      }}
      onPointerUp={() => {
        const picked = drawn.value;
        began.value = null;
        drawn.value = null;
        if (picked !== null) {
          onRegion(picked);
        }
      }}
      onPointerCancel={() => {
        began.value = null;
        drawn.value = null;
      }}
    >
      <img src={address} alt={name} draggable={false} />
      {shown !== null && <div class="region" style={toStyle(shown)} />}
      {isPicking && (
        <button
          type="button"
          class="region-keys"
          aria-label={texts.actions.searchPart}
          onKeyDown={(event) => {
            const next = movedBy(drawn.value ?? region ?? MIDDLE, event.key, event.shiftKey);
            if (next !== null) {
              event.preventDefault();
              drawn.value = next;
            }
          }}
          onClick={() => {
            const picked = drawn.value ?? MIDDLE;
            drawn.value = null;
            onRegion(picked);
          }}
        />
      )}
    </div>
  );
}

function toStyle({ x, y, width, height }: Region): JSX.CSSProperties {
  const percent = (part: number) => `${part * 100}%`;
  return { left: percent(x), top: percent(y), width: percent(width), height: percent(height) };
}

/** Arrow keys move a region, with shift they size it; null for another key. */
function movedBy(region: Region, key: string, isSizing: boolean): Region | null {
  const directions: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [-STEP, 0],
    ArrowRight: [STEP, 0],
    ArrowUp: [0, -STEP],
    ArrowDown: [0, STEP],
  };
  const direction = directions[key];
  if (direction === undefined) {
    return null;
  }
  const [dx, dy] = direction;
  const { x, y, width, height } = region;
  if (isSizing) {
    return { x, y, width: within(width + dx, STEP, 1 - x), height: within(height + dy, STEP, 1 - y) };
  }
  return { x: within(x + dx, 0, 1 - width), y: within(y + dy, 0, 1 - height), width, height };
}

function within(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
