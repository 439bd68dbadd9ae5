import { describeMap } from '../copies/describe-map.ts';
import { COPY_SCORE, type CopyVerdict, scoredPair, verdictAt } from '../copies/judge-pair.ts';
import { swapEvidence } from '../copies/swap-evidence.ts';
import type { ScoredPair } from '../domain/copy-line.ts';
import type { PartId, PictureFacts, PictureId } from '../domain/picture.ts';
import type { CatalogPicture } from '../domain/picture-catalog.ts';
import type { Relation } from '../domain/relation.ts';
import type { VectorIndex } from '../domain/vector-index.ts';
import { LEAST_OF_COPIES } from '../duplicates/find-copy-pairs.ts';
import { lookFromNearest } from '../duplicates/look-from-nearest.ts';
import { FIRST_K, moreNearParts, type NearParts, nearParts } from '../duplicates/near-parts.ts';
import type { AskedDescription, AskedPicture } from './asked-picture.ts';
import { withTimes } from './burst-shots.ts';
import { keptLook } from './kept-look.ts';
import type { Library } from './library.ts';
import { pixelsOf } from './library-pixels.ts';
import { pairLooks } from './pair-looks.ts';
import type { VerifiedPair } from './pair-verifier.ts';
import { type MatchRelation, MOST_LOOKED_AT, type PictureMatch } from './picture-match.ts';

/** An id that no part has: what is asked about is none of the library's. */
const NO_PART = 0;

/** A picture of the library, and how similar it is. */
export interface NearPicture {
  readonly picture: CatalogPicture;
  readonly similarity: number;
  /** What is known of both; null where that was not asked for. */
  readonly known: Relation | null;
}

/** How far looking goes. */
export interface LayOverOptions {
  /** Whether the first picture is enough that it is certainly a copy of, by hashes or by looking. */
  readonly stopsAtCopy: boolean;
  /** Over how many it is laid at most, 1 to MOST_LOOKED_AT; that without it. */
  readonly mostLookedAt?: number;
  /** From which score on a picture is called a copy; the rule's own without it. */
  readonly leastScore?: number;
}

/** What that came to; see PictureMatches. */
export interface LaidOver {
  readonly found: readonly PictureMatch[];
  readonly lookedAt: number;
  readonly unknown: number;
  readonly isCut: boolean;
  readonly looked: readonly ScoredPair[];
}

/**
 * Lays a picture over others, in their order, as far as that is worth it: see lookFromNearest.
 */
export async function layOverNear(
  library: Library,
  asked: AskedPicture,
  { facts }: AskedDescription,
  others: AsyncIterable<NearPicture>,
  { stopsAtCopy, mostLookedAt = MOST_LOOKED_AT, leastScore = COPY_SCORE }: LayOverOptions,
  signal: AbortSignal,
): Promise<LaidOver> {
  const looks = pairLooks(library);
  const found: PictureMatch[] = [];
  const looked: ScoredPair[] = [];
  let [lookedAt, unknown, isCut, isSettled] = [0, 0, false, false];

  async function look(other: NearPicture): Promise<boolean> {
    signal.throwIfAborted();
    const verified = await (asked.ofLibrary === null
      ? verify(other.picture)
      : lookOnce(asked.ofLibrary, other));
    if (verified === null) {
      unknown++;
      return false;
    }
    lookedAt++;
    const { score, evidence } = verified;
    const { picture, similarity } = other;
    const relation = await relationOf(verdictAt(verified, leastScore), picture);
    const isToldOtherwise = relation === 'same-pixels' || relation === 'burst';
    const scored = isToldOtherwise ? null : scoredPair(verified);
    if (scored !== null) {
      looked.push(scored);
    }
    if (relation === null) {
      return false;
    }
    const placement = evidence.map === null ? null : describeMap(evidence.map, facts, picture);
    isSettled ||= stopsAtCopy && (relation === 'copy' || relation === 'same-pixels');
    found.push({ picture, relation, similarity, score, evidence, placement, scored });
    return true;
  }

  try {
    await lookFromNearest(atMost(others), look);
  } finally {
    await looks.flush(); // also when it is stopped: what was looked at need not be looked at again
  }
  return { found, lookedAt, unknown, isCut, looked };

  async function* atMost(all: AsyncIterable<NearPicture>): AsyncGenerator<NearPicture> {
    for await (const other of all) {
      if (isSettled || lookedAt + unknown >= mostLookedAt) {
        isCut = true;
        return;
      }
      yield other;
    }
  }

  /** Of two pictures of the library: from what is kept, or by looking, which is kept. Null when one cannot be looked at. */
  async function lookOnce(
    one: CatalogPicture,
    { picture, known }: NearPicture,
  ): Promise<VerifiedPair | null> {
    const isFirst = one.id < picture.id;
    const [a, b] = isFirst ? [one, picture] : [picture, one];
    const kept = known && keptLook(known);
    const verified = kept ?? (await looks.look(a, b, signal))?.verified ?? null;
    return (
      verified && { ...verified, evidence: isFirst ? verified.evidence : swapEvidence(verified.evidence) }
    );
  }

  /** Null when one cannot be looked at. */
  async function verify(picture: CatalogPicture): Promise<VerifiedPair | null> {
    const verifier = library.verifier();
    try {
      const [one, other] = await Promise.all([asked.view(), verifier.views.ofPicture(picture)]);
      return await verifier.verify(one, other, signal);
    } catch {
      signal.throwIfAborted();
      return null;
    }
  }

  /** Equal pixels are certain, also where the time says that they are another shot's. */
  async function relationOf(verdict: CopyVerdict, picture: CatalogPicture): Promise<MatchRelation | null> {
    if (verdict === 'alike' || verdict === 'different') {
      return null;
    }
    if (isOfSize(facts, picture) && (await haveSamePixels(picture))) {
      return 'same-pixels';
    }
    return verdict === 'plain' ? null : withTimes(verdict, facts, picture);
  }

  async function haveSamePixels(picture: CatalogPicture): Promise<boolean> {
    const mine = await asked.pixels();
    const theirs = mine.kind === 'hashed' ? await pixelsOf(library, picture, signal) : mine;
    return mine.kind === 'hashed' && theirs.kind === 'hashed' && mine.pixelHash === theirs.pixelHash;
  }
}

function isOfSize(a: Pick<PictureFacts, 'width' | 'height'>, b: Pick<PictureFacts, 'width' | 'height'>) {
  return a.width === b.width && a.height === b.height;
}

/**
 * The pictures that are near enough to be looked at, each once, the nearest first.
 * @param knownOf the picture of the library of which to tell what is known of it and each
 */
export async function* picturesNear(
  { catalog }: Library,
  index: VectorIndex,
  embedding: AskedDescription['embedding'],
  {
    mostFiles,
    knownOf,
  }: { readonly mostFiles?: number | undefined; readonly knownOf?: PictureId | undefined } = {},
): AsyncGenerator<NearPicture> {
  const told = new Set<PictureId>();
  const asked = new Set<PartId>();
  const entry = { id: NO_PART, embedding };
  let near: NearParts = await nearParts(index, entry, LEAST_OF_COPIES, FIRST_K);
  for (;;) {
    const similarities = new Map(near.neighbors.map(({ id, similarity }) => [id, similarity]));
    // An index that is asked for more also finds what it missed before.
    const parts = [...similarities.keys()].filter((part) => !asked.has(part));
    for (const part of parts) {
      asked.add(part);
    }
    const found = await catalog.pictures.picturesOfParts(parts, {}, mostFiles);
    const known = await relationsTo(catalog, knownOf, found);
    for (const { part, picture } of found) {
      if (!told.has(picture.id)) {
        told.add(picture.id);
        yield { picture, similarity: similarities.get(part) ?? 0, known: known.get(picture.id) ?? null };
      }
    }
    if (!near.isCut) {
      return;
    }
    near = await moreNearParts(index, near, LEAST_OF_COPIES);
  }
}

async function relationsTo(
  { relations }: Library['catalog'],
  one: PictureId | undefined,
  others: ReadonlyArray<{ readonly picture: CatalogPicture }>,
): Promise<ReadonlyMap<PictureId, Relation>> {
  const ids = others.map(({ picture }) => picture.id);
  const known = one === undefined ? [] : await relations.among(one, ids);
  return new Map(known.map((relation) => [relation.a === one ? relation.b : relation.a, relation]));
}
