import type { JSX } from 'preact';
import type { Picture } from '../../client/eidetic-client.ts';
import { away } from '../state/away.ts';
import type { Relation } from '../state/find-copies.ts';
import type { FoundPicture, Hits } from '../state/hits.ts';
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

/** What is to be known of a hit at a glance: that it is a copy, and what is of any picture. The same bytes are named below. */
export function HitMarks({
  hit,
  relations,
}: {
  readonly hit: FoundPicture;
  readonly relations: Hits['relations'];
}): JSX.Element | null {
  return <PictureMarks picture={hit} relation={hit.isSame ? undefined : relations.value.get(hit.id)} />;
}

/** What is to be known of a picture at a glance: that it cannot be seen now, and that several files hold it. */
export function PictureMarks({
  picture: { id, fileCount },
  relation,
}: {
  readonly picture: Picture;
  /** To the picture that was searched for. */
  readonly relation?: Relation | undefined;
}): JSX.Element | null {
  const isAway = away.value.has(id);
  if (!isAway && fileCount === 1 && relation === undefined) {
    return null;
  }
  return (
    <span class="tile-marks">
      {relation !== undefined && (
        <span class={`mark-${relation}`} title={texts.tile.relationHints[relation]}>
          {texts.tile.relations[relation]}
        </span>
      )}
      {isAway && (
        <span class="mark-away" title={texts.tile.awayHint}>
          {texts.tile.away}
        </span>
      )}
      {fileCount > 1 && <span title={texts.tile.copiesHint(fileCount)}>{texts.tile.copies(fileCount)}</span>}
    </span>
  );
}
