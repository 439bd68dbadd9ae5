import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useRetry } from '../grid/retry-image.ts';
import type { Compared } from '../state/use-compared.ts';
import { texts } from '../texts/texts.ts';
import { FactList } from './fact-list.tsx';
import type { Point } from './overlap.ts';
import type { Fact } from './picture-facts.ts';

interface ComparedPictureProps {
  readonly letter: 'A' | 'B';
  /** Null as long as it has not come. */
  readonly picture: Compared | null;
  /** Corners of the part that the other picture shows too; null when that is not known, or nothing. */
  readonly shared: readonly Point[] | null;
  readonly facts: readonly Fact[];
}

/** One of two pictures beside each other: what the other does not show of it is darker. */
export function ComparedPicture({ letter, picture, shared, facts }: ComparedPictureProps): JSX.Element {
  const seen = useSignal<number | null>(null);
  const retry = useRetry();
  const ratio = picture?.ratio ?? seen.value;
  const name = picture?.name ?? '';
  return (
    <figure class="compared">
      <figcaption>
        <span class="letter">{letter}</span>
        {picture !== null && picture.place !== null ? (
          <a class="compared-name" href={picture.place} title={name}>
            {name}
          </a>
        ) : (
          <span class="compared-name" title={name}>
            {name}
          </span>
        )}
      </figcaption>
      <div class="compared-room">
        <div
          class={`compared-picture ${ratio === null ? '' : 'sized'}`}
          style={ratio === null ? {} : { '--ratio': String(ratio) }}
        >
          {picture !== null && (
            <img
              src={picture.address}
              alt={texts.compare.side(letter, name)}
              {...retry}
              onLoad={(event) => {
                retry.onLoad?.(event);
                const { naturalWidth, naturalHeight } = event.currentTarget;
                seen.value = naturalWidth / Math.max(1, naturalHeight);
              }}
            />
          )}
          {shared !== null && <SharedPart corners={shared} />}
        </div>
      </div>
      {facts.length > 0 && <FactList kind="differing" facts={facts} />}
    </figure>
  );
}

/** Drawn in fractions of the picture, whatever its size on the screen. */
function SharedPart({ corners }: { readonly corners: readonly Point[] }): JSX.Element {
  const outline = `M${corners.map(({ x, y }) => `${x.toFixed(5)} ${y.toFixed(5)}`).join('L')}Z`;
  return (
    <svg class="shared" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
      <path class="shared-around" d={`M0 0H1V1H0Z${outline}`} />
      <path class="shared-edge" d={outline} />
      <path class="shared-line" d={outline} />
    </svg>
  );
}
