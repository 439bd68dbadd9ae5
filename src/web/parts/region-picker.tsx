import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Region } from '../route.ts';
import { isByKeyboard } from '../state/last-input.ts';
import { texts } from '../texts/texts.ts';
import { movedRegion } from './moved-region.ts';
import { regionBetween } from './region-between.ts';

interface RegionPickerProps {
  readonly address: string;
  readonly name: string;
  /** Width over height; null as long as nobody knows. */
  readonly ratio: number | null;
  readonly region: Region | null;
  /** Whether dragging draws a region. */
  readonly isPicking: boolean;
  readonly onRegion: (region: Region) => void;
  readonly onCancel: () => void;
  /** Told when the picture cannot be shown (any more). */
  readonly onLost: () => void;
}

const MIDDLE: Region = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 };

/** A picture with the part of it that is searched: drawn by mouse or finger, or moved by arrow keys. */
export function RegionPicker(props: RegionPickerProps): JSX.Element {
  const { address, name, ratio, region, isPicking, onRegion } = props;
  const area = useRef<HTMLDivElement>(null);
  const began = useSignal<{ x: number; y: number } | null>(null);
  const drawn = useSignal<Region | null>(null);
  const placeOf = (event: PointerEvent) => {
    const { left, top, width, height } = (area.current as HTMLDivElement).getBoundingClientRect();
    return { x: (event.clientX - left) / width, y: (event.clientY - top) / height };
  };
  const forget = () => {
    began.value = null;
    drawn.value = null;
  };
  const { onCancel } = props;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape') {
        forget();
        onCancel();
      }
    };
    if (isPicking) {
      document.addEventListener('keydown', onKeyDown);
    }
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [isPicking, onCancel]);
  const shown = drawn.value ?? region;
  return (
    <div
      ref={area}
      class={`query-picture ${isPicking ? 'picking' : ''} ${ratio === null ? '' : 'sized'}`}
      style={ratio === null ? {} : { '--ratio': String(ratio) }}
      onPointerDown={(event) => {
        if (isPicking && event.isPrimary) {
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
        const picked = began.value === null ? null : drawn.value;
        forget();
        if (picked !== null) {
          onRegion(picked);
        }
      }}
      onPointerCancel={forget}
    >
      <img src={address} alt={name} draggable={false} onError={props.onLost} />
      {isPicking && (
        <RegionKeys
          region={shown ?? MIDDLE}
          onMove={(next) => {
            drawn.value = next;
          }}
          onChoose={(picked) => {
            forget();
            onRegion(picked);
          }}
        />
      )}
      {shown !== null && <div class="region" style={toStyle(shown)} />}
    </div>
  );
}

/** The region for who has no pointer: a button of its size. */
function RegionKeys(props: {
  readonly region: Region;
  readonly onMove: (region: Region) => void;
  readonly onChoose: (region: Region) => void;
}): JSX.Element {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isByKeyboard()) {
      button.current?.focus({ preventScroll: true });
    }
  }, []);
  return (
    <button
      ref={button}
      type="button"
      class="region-keys"
      style={toStyle(props.region)}
      aria-label={`${texts.actions.searchPart}. ${texts.search.regionKeys}`}
      onKeyDown={(event) => {
        const next = movedRegion(props.region, event.key, event.shiftKey);
        if (next !== null) {
          event.preventDefault();
          props.onMove(next);
        }
      }}
      onClick={() => props.onChoose(props.region)}
    />
  );
}

function toStyle({ x, y, width, height }: Region): JSX.CSSProperties {
  const percent = (part: number) => `${part * 100}%`;
  return { left: percent(x), top: percent(y), width: percent(width), height: percent(height) };
}
