import { inverted } from '../copies/affine.ts';
import { haveOtherColors } from '../copies/color-grid.ts';
import type { PairEvidence } from '../copies/compare-views.ts';
import { GRAY, shareDiffering, WHOLE } from '../copies/describe-edit.ts';
import type { FractionMap, PixelSize } from '../copies/fraction-map.ts';
import { hasPlainMargin } from '../copies/has-plain-margin.ts';
import { unpackView } from '../copies/pack-view.ts';
import { detailSides, withDetail } from '../copies/tell-detail.ts';
import { type EditedSide, type ToldEdit, tellEdit } from '../copies/tell-edit.ts';
import type { KnownPairs, PairFacts, PictureBeside } from '../curation/pair-facts.ts';
import type { PictureId } from '../domain/picture.ts';
import type { CatalogPicture } from '../domain/picture-catalog.ts';
import { keptLook } from './kept-look.ts';
import type { Library } from './library.ts';
import type { VerifiedPair } from './pair-verifier.ts';
import type { ViewedPicture } from './picture-views.ts';

/** Where pictures and what is known of them come from. */
export type PairParts = Pick<Library, 'verifier'> & {
  readonly catalog: Pick<Library['catalog'], 'relations'>;
};

/** Of pictures of which every two are equal. */
export const ALL_EQUAL: KnownPairs = { between: () => null, classOf: () => 0 };

/**
 * What the catalog keeps of the pictures of a group, from when they were laid over each other. Pictures are looked at only
 * where one shows what another does not, to tell a frame from a scene.
 * @param standInOf the picture that stands for all that a picture equals; itself for one without equals
 */
export async function knownPairFacts(
  library: PairParts,
  pictures: readonly CatalogPicture[],
  standInOf: (id: PictureId) => PictureId,
): Promise<KnownPairs> {
  const byId = new Map(pictures.map((picture) => [picture.id, picture]));
  const ids = firstOfEach([...byId.keys()], standInOf);
  const known = new Map<string, PairFacts>();
  for (const id of ids) {
    const later = ids.filter((other) => other > id);
    for (const relation of await library.catalog.relations.among(id, later)) {
      const look = keptLook(relation);
      const [a, b] = [byId.get(relation.a), byId.get(relation.b)] as [CatalogPicture, CatalogPicture];
      if (look?.evidence.map) {
        const { evidence } = look;
        const told = await lookCloser(library, tellEdit(evidence, look.evidence.map, a, b), a, b);
        const [first, second] = await Promise.all([
          beside(library, told.a, a, look.evidence.map),
          beside(library, told.b, b, inverted(look.evidence.map)),
        ]);
        const differs = shareDiffering(evidence);
        const isAltered = told.isAltered || (await isRecolored(library, look, a, b));
        // What is left for something else need not be looked at once more.
        const isAsked = relation.kind === 'copy' && !isAltered && differs === 0;
        known.set(keyOf(standInOf(a.id), standInOf(b.id)), {
          ...{ first, second, differs, isAltered },
          isMarked: isAsked && (await isMarked(library, evidence, look.evidence.map, a, b)),
        });
      }
    }
  }
  return {
    classOf: standInOf,
    between(first, second) {
      const [a, b] = [standInOf(first), standInOf(second)];
      const other = known.get(keyOf(b, a));
      return (
        known.get(keyOf(a, b)) ??
        (other === undefined ? null : { ...other, first: other.second, second: other.first })
      );
    },
  };
}

/** Of equals the one with the lowest id was laid over others; a group may have thousands of them. */
function firstOfEach(ids: readonly PictureId[], standInOf: (id: PictureId) => PictureId): PictureId[] {
  const first = new Map<PictureId, PictureId>();
  for (const id of ids) {
    first.set(standInOf(id), Math.min(id, first.get(standInOf(id)) ?? id));
  }
  return [...first.values()];
}

/**
 * Tells of two of one whole whether the larger was made by enlarging, and whether one was sharpened or blurred, which the size at
 * which pictures are laid over each other does not show. One that nobody can look at may have been, unless it is much smaller.
 */
async function lookCloser(
  library: PairParts,
  told: ToldEdit,
  a: CatalogPicture,
  b: CatalogPicture,
): Promise<ToldEdit> {
  const isFirst = a.width * a.height > b.width * b.height;
  const [large, small] = isFirst ? [a, b] : [b, a];
  const ofBoth: [EditedSide, EditedSide] = isFirst ? [told.a, told.b] : [told.b, told.a];
  const sides = detailSides({ ...ofBoth[0], ...sizeOf(large) }, { ...ofBoth[1], ...sizeOf(small) });
  if (sides === null || told.isAltered) {
    return told;
  }
  const [ofLarge, ofSmall] = await lookAtBoth(library, large, small, async (viewed, other) =>
    withDetail(ofBoth, await library.verifier().compareDetail(viewed, other, sides)),
  ).catch(() =>
    ofBoth.map((side, i) => ({ ...side, mayBeFaded: side.mayBeFaded || i === 0 || sides.areAlike })),
  );
  return { ...told, a: isFirst ? ofLarge : ofSmall, b: isFirst ? ofSmall : ofLarge };
}

/** Likewise of colors: one that nobody can look at may have others. Without color it is told apart. */
async function isRecolored(
  library: PairParts,
  { evidence: { chroma, map } }: VerifiedPair,
  a: CatalogPicture,
  b: CatalogPicture,
): Promise<boolean> {
  if (map === null || Math.min(chroma.a, chroma.b) < GRAY) {
    return false;
  }
  return lookAtBoth(library, a, b, async (one, other) =>
    haveOtherColors(one.view.colors, other.view.colors, map),
  ).catch(() => true);
}

/** Whether something stands in one that tiles are too coarse to tell; in what nobody can look at there may. */
async function isMarked(
  library: PairParts,
  { overlap }: PairEvidence,
  map: FractionMap,
  a: CatalogPicture,
  b: CatalogPicture,
): Promise<boolean> {
  const areWhole = Math.min(overlap.a, overlap.b) >= WHOLE;
  return lookAtBoth(library, a, b, (one, other) =>
    library.verifier().hasMarks(one, other, map, areWhole),
  ).catch(() => true);
}

/** @throws what keeps one from being looked at */
async function lookAtBoth<Seen>(
  library: PairParts,
  a: CatalogPicture,
  b: CatalogPicture,
  look: (one: ViewedPicture, other: ViewedPicture) => Promise<Seen>,
): Promise<Seen> {
  const { views } = library.verifier();
  const [one, other] = await Promise.all([views.ofPicture(a), views.ofPicture(b)]);
  return look(one, other);
}

function sizeOf({ width, height }: CatalogPicture): PixelSize {
  return { width, height };
}

function keyOf(a: PictureId, b: PictureId): string {
  return `${a} ${b}`;
}

/** @param map from the picture to the other */
async function beside(
  library: PairParts,
  side: EditedSide,
  picture: CatalogPicture,
  map: FractionMap,
): Promise<PictureBeside> {
  const palette = await isPaletted(library, picture);
  if (side.isAllInOther) {
    return { ...side, hasMargin: false, hasPalette: palette };
  }
  try {
    const { view } = await library.verifier().views.ofPicture(picture);
    return { ...side, hasMargin: hasPlainMargin(unpackView(view), map), hasPalette: palette };
  } catch {
    return { ...side, hasMargin: null, hasPalette: palette };
  }
}

/** Of a PNG its file tells; one that nobody can look at may be. */
async function isPaletted(library: PairParts, picture: CatalogPicture): Promise<boolean> {
  if (picture.format !== 'png') {
    return picture.format === 'gif';
  }
  try {
    const viewed = await library.verifier().views.ofPicture(picture);
    return await viewed.hasPalette();
  } catch {
    return true;
  }
}
