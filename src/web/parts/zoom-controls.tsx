import type { JSX } from 'preact';
import { texts } from '../texts/texts.ts';

/** How large a picture is shown, and buttons for what keys and gestures do. */
export function ZoomControls(props: {
  /** 1 when one of its pixels is one of the screen. */
  readonly level: number;
  readonly isFitted: boolean;
  readonly onIn: () => void;
  readonly onOut: () => void;
  /** Between the whole picture and a close look at it. */
  readonly onToggle: () => void;
}): JSX.Element {
  const words = texts.picture;
  const level = new Intl.NumberFormat(texts.language, { style: 'percent' }).format(
    Math.max(0.01, Math.round(props.level * 100) / 100),
  );
  return (
    <div class="zoom-controls">
      <button
        type="button"
        aria-label={words.zoomOut}
        title={`${words.zoomOut} (−)`}
        onClick={props.onOut}
        aria-disabled={props.isFitted}
      >
        −
      </button>
      <button
        type="button"
        class="level"
        title={props.isFitted ? `${words.everyPixel} (1)` : `${words.wholePicture} (0)`}
        aria-label={`${level}. ${props.isFitted ? words.everyPixel : words.wholePicture}`}
        onClick={props.onToggle}
      >
        {level}
      </button>
      <button type="button" aria-label={words.zoomIn} title={`${words.zoomIn} (+)`} onClick={props.onIn}>
        +
      </button>
    </div>
  );
}
