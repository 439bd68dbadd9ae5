import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Picture } from '../../client/eidetic-client.ts';
import type { Around } from '../state/use-around.ts';
import { texts } from '../texts/texts.ts';
import { thumbnailAt } from './thumbnail.ts';
import { ZoomPicture } from './zoom-picture.tsx';

interface PictureStageProps {
  readonly picture: Picture;
  /** The list that it is gone through; null when it was opened by itself. */
  readonly around: Around | null;
  readonly onStep: (to: Picture) => void;
  readonly onClose: () => void;
}

/** A picture at large, with what leads to the others of its list, and back. */
export function PictureStage({ picture, around, onStep, onClose }: PictureStageProps): JSX.Element {
  const stage = useRef<HTMLDivElement>(null);
  const words = texts.actions;
  const { previous = null, next = null } = around ?? {};
  useEffect(() => {
    // Keys shall reach the picture; a button that somebody steps with keeps the focus.
    if (stage.current?.contains(document.activeElement) !== true) {
      stage.current?.querySelector<HTMLElement>('.zoom')?.focus({ preventScroll: true });
    }
  }, []);
  useEffect(() => {
    for (const neighbor of [next, previous]) {
      if (neighbor !== null) {
        new Image().src = thumbnailAt(neighbor, 512);
      }
    }
  }, [previous?.id, next?.id]);
  const step = (to: Picture | null, label: string, sign: string) => (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-disabled={to === null}
      onClick={() => to !== null && onStep(to)}
    >
      {sign}
    </button>
  );
  return (
    <div class="stage" ref={stage}>
      <ZoomPicture
        picture={picture}
        onStep={
          around &&
          ((by) => {
            const to = by > 0 ? next : previous;
            if (to !== null) {
              onStep(to);
            }
          })
        }
      />
      {around !== null && (
        <>
          <p class="position" role="status">
            {texts.picture.position(around.position, around.total, around.isWhole)}
          </p>
          <div class="steps">
            {step(previous, words.previous, '‹')}
            {step(next, words.next, '›')}
          </div>
        </>
      )}
      <button
        type="button"
        class="close"
        aria-label={words.close}
        title={`${words.close} (Esc)`}
        onClick={onClose}
      >
        ×
      </button>
    </div>
  );
}
