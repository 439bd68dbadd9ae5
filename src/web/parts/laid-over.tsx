import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { Compared } from '../state/use-compared.ts';
import { texts } from '../texts/texts.ts';
import type { PairFit } from './pair-fit.ts';

/** A picture with the letter that it goes by. */
interface Lettered {
  readonly letter: 'A' | 'B';
  readonly picture: Compared;
}

interface LaidOverProps {
  readonly fit: PairFit;
  readonly a: Compared;
  readonly b: Compared;
}

/** One picture laid over another, as they fit; a slider goes from one to the other, so that what differs is seen to jump. */
export function LaidOver({ fit, a, b }: LaidOverProps): JSX.Element {
  const pair: readonly [Lettered, Lettered] = [
    { letter: 'A', picture: a },
    { letter: 'B', picture: b },
  ];
  const [below, above] = fit.below === 'A' ? pair : [pair[1], pair[0]];
  const share = useSignal(50);
  const seen = useSignal<number | null>(null);
  const ratio = below.picture.ratio ?? seen.value;
  const { xx, xy, x0, yx, yy, y0 } = fit.toBelow;
  const words = texts.compare;
  return (
    <div class="laid">
      <div class="compared-room">
        <div
          class={`compared-picture ${ratio === null ? '' : 'sized'}`}
          style={ratio === null ? {} : { '--ratio': String(ratio) }}
        >
          <img
            src={below.picture.address}
            alt={words.laid(above.letter, below.letter)}
            onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => {
              seen.value = naturalWidth / Math.max(1, naturalHeight);
            }}
          />
          <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
            <image
              href={above.picture.address}
              width="1"
              height="1"
              preserveAspectRatio="none"
              transform={`matrix(${[xx, yx, xy, yy, x0, y0].join(' ')})`}
              opacity={share.value / 100}
            />
          </svg>
        </div>
      </div>
      <div class="laid-slider">
        <Name {...below} />
        <input
          type="range"
          min="0"
          max="100"
          value={share.value}
          aria-label={words.slide(below.letter, above.letter)}
          onInput={({ currentTarget }) => {
            share.value = Number(currentTarget.value);
          }}
        />
        <Name {...above} />
      </div>
      <p class="shared-hint">{words.laidHint}</p>
    </div>
  );
}

function Name({ letter, picture }: Lettered): JSX.Element {
  return (
    <span class="laid-name">
      <span class="letter">{letter}</span>
      <span class="compared-name" title={picture.name}>
        {picture.name}
      </span>
    </span>
  );
}
