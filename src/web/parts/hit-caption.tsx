import type { JSX } from 'preact';
import type { Picture } from '../../client/eidetic-client.ts';
import { away } from '../state/away.ts';
import type { FoundPicture } from '../state/hits.ts';
import { texts } from '../texts/texts.ts';
import { fileName } from './file-name.ts';

/** The name and, quietly, the similarity; that the bytes are the same, plainly. */
export function HitCaption({ hit }: { readonly hit: FoundPicture }): JSX.Element {
  const name = fileName(hit);
  return (
    <>
      <span class="tile-name" title={name}>
        {name}
      </span>
      {hit.isSame ? (
        <strong class="same">{texts.results.same}</strong>
      ) : (
        <span class="similarity" title={texts.tile.similarity}>
          {roundedDown(hit.similarity)}
        </span>
      )}
    </>
  );
}

/** A picture that is not the same shall never look as if it were wholly so. */
function roundedDown(similarity: number): string {
  return (Math.floor(similarity * 100) / 100).toFixed(2);
}

/** What is to be known of a picture at a glance: that it cannot be seen now, and that several files hold it. */
export function PictureMarks({
  picture: { id, fileCount },
}: {
  readonly picture: Picture;
}): JSX.Element | null {
  const isAway = away.value.has(id);
  if (!isAway && fileCount === 1) {
    return null;
  }
  return (
    <span class="tile-marks">
      {isAway && (
        <span class="mark-away" title={texts.tile.awayHint}>
          {texts.tile.away}
        </span>
      )}
      {fileCount > 1 && <span title={texts.tile.copiesHint(fileCount)}>{texts.tile.copies(fileCount)}</span>}
    </span>
  );
}
