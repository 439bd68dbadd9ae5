import type { PageAgreement } from '../copies/compare-pages.ts';
import type { PairEvidence } from '../copies/compare-views.ts';
import { describeCopy } from '../copies/describe-copy.ts';
import { describeMap, type Placement } from '../copies/describe-map.ts';
import { COPY_RULE_VERSION, type CopyVerdict } from '../copies/judge-pair.ts';
import { EideticError } from '../domain/errors.ts';
import type { ContentHash, PictureFacts } from '../domain/picture.ts';
import type { PixelAnswer, PixelRefusal } from '../domain/pixel-hasher.ts';
import { type Shot, timesApart, withTimes } from './burst-shots.ts';
import type { PairVerifier } from './pair-verifier.ts';
import type { ViewedPicture } from './picture-views.ts';

/** One of two pictures that are compared, looked at no more than needed. */
export interface ComparedPicture {
  readonly contentHash: ContentHash;
  readonly facts: Shot & Pick<PictureFacts, 'width' | 'height' | 'pages' | 'imageDataHash'>;
  /** All pixels. */
  pixels(): Promise<PixelAnswer>;
  /** As pairs are verified. */
  view(): Promise<ViewedPicture>;
}

/**
 * What a pair is. Certain: `identical` (the same bytes), `same-image-data` (the same coded picture, so that only metadata
 * differs), `same-pixels`. By laying one over the other: see CopyVerdict, and `burst`: the verdict was `copy` or `unsure`, but
 * the times at which they were taken say that it is another shot.
 */
export type PairRelation = 'identical' | 'same-image-data' | 'same-pixels' | 'burst' | CopyVerdict;

/** What laying one picture over the other told. */
export interface Verification {
  readonly verdict: CopyVerdict;
  /** See Judgement. */
  readonly score: number;
  /** Of the rule that judged; see COPY_RULE_VERSION. */
  readonly ruleVersion: number;
  readonly evidence: PairEvidence;
  /** Of the first picture on the second; null where nothing fits together. */
  readonly placement: Placement | null;
}

/** How two pictures, A and B, relate, and why. */
export interface PictureComparison {
  /** Null when one of them could not be looked at, and nothing else tells. */
  readonly relation: PairRelation | null;
  /** Whether all pixels are equal. */
  readonly pixels: 'equal' | 'different' | 'unknown';
  /** Why nobody knows that; null when it is known. */
  readonly unknownBecause: PixelRefusal | null;
  /** Null where they are equal, or could not be looked at: they were not laid over each other. */
  readonly verification: Verification | null;
  /** Sentences. */
  readonly words: readonly string[];
}

/** What is told of two pictures' pixels. */
interface PixelComparison extends Pick<PictureComparison, 'pixels' | 'unknownBecause'> {
  /** Null when they are not known to be equal. */
  readonly equalBy: keyof typeof EQUAL_WORDS | null;
}

const EQUAL_WORDS = {
  identical: 'A and B hold the same bytes.',
  'same-image-data': 'A and B hold the same coded picture; only metadata differs.',
  'same-pixels': 'Every pixel of A and B is equal; only the way they are stored differs.',
};

/** What is wrong with a picture, and no reason to give no answer. */
const UNSEEN: ReadonlySet<string> = new Set([
  'NOT_FOUND',
  'IMAGE_UNREADABLE',
  'IMAGE_TOO_LARGE',
  'FORMAT_UNSUPPORTED',
]);

/**
 * Compares two pictures: whether they are equal, and if they are not known to be, whether one is a copy of the other.
 * @throws EideticError as the pictures' functions, but for what is wrong with a picture
 */
export async function comparePictures(
  a: ComparedPicture,
  b: ComparedPicture,
  verifier: PairVerifier,
): Promise<PictureComparison> {
  const { equalBy, ...pixels } = await comparePixels(a, b);
  if (equalBy !== null) {
    return { relation: equalBy, ...pixels, verification: null, words: [EQUAL_WORDS[equalBy]] };
  }
  try {
    const views = await Promise.all([a.view(), b.view()]);
    return { ...pixels, ...(await verifyViews(views, [a.facts, b.facts], verifier)) };
  } catch (error) {
    if (error instanceof EideticError && UNSEEN.has(error.code)) {
      return { relation: null, ...pixels, verification: null, words: [error.message] };
    }
    throw error;
  }
}

/** Pixels are looked at only where nothing else tells. */
async function comparePixels(a: ComparedPicture, b: ComparedPicture): Promise<PixelComparison> {
  const [one, other] = [a.facts, b.facts];
  if (a.contentHash === b.contentHash) {
    return { equalBy: 'identical', pixels: 'equal', unknownBecause: null };
  }
  if (one.imageDataHash !== null && one.imageDataHash === other.imageDataHash) {
    return { equalBy: 'same-image-data', pixels: 'equal', unknownBecause: null };
  }
  if (one.width !== other.width || one.height !== other.height) {
    return { equalBy: null, pixels: 'different', unknownBecause: null };
  }
  return compareHashes(await a.pixels(), await b.pixels());
}

function compareHashes(a: PixelAnswer, b: PixelAnswer): PixelComparison {
  if (a.kind === 'hashed' && b.kind === 'hashed') {
    return a.pixelHash === b.pixelHash
      ? { equalBy: 'same-pixels', pixels: 'equal', unknownBecause: null }
      : { equalBy: null, pixels: 'different', unknownBecause: null };
  }
  const [reason = null] = [a, b].flatMap((answer) => (answer.kind === 'unknown' ? [answer.reason] : []));
  return { equalBy: null, pixels: 'unknown', unknownBecause: reason };
}

async function verifyViews(
  [first, second]: readonly [ViewedPicture, ViewedPicture],
  [a, b]: readonly [ComparedPicture['facts'], ComparedPicture['facts']],
  verifier: PairVerifier,
): Promise<Pick<PictureComparison, 'relation' | 'verification' | 'words'>> {
  const { verdict, score, evidence, pages } = await verifier.verify(first, second);
  const { map } = evidence;
  const placement = verdict === 'different' || map === null ? null : describeMap(map, first, second);
  const relation = withTimes(verdict, a, b);
  const apart = relation === 'burst' ? timesApart(a, b) : null;
  return {
    relation,
    verification: { verdict, score, ruleVersion: COPY_RULE_VERSION, evidence, placement },
    words: [
      ...(apart === null ? describeCopy(verdict, evidence, first, second) : [apart]),
      ...(pages === null ? [] : describePages(verdict, pages)),
      ...pagesNotSeen('A', a),
      ...pagesNotSeen('B', b),
    ],
  };
}

/** Of pages of text, and drawn pictures with letters, that were looked at closely. */
function describePages(verdict: CopyVerdict, { tellingTiles, agreeingTiles }: PageAgreement): string[] {
  if (verdict === 'copy') {
    return [];
  }
  return tellingTiles === 0
    ? [
        'They are pages of text, or drawn with letters like a screenshot, and nobody can read whether they say the same.',
      ]
    : [
        `They are pages of text, or drawn with letters like a screenshot; read closely, something else stands in ${tellingTiles - agreeingTiles} of ${tellingTiles} places.`,
      ];
}

/** One picture is laid over one. */
function pagesNotSeen(name: string, { pages }: Pick<PictureFacts, 'pages'>): string[] {
  return pages === null || pages === 1 ? [] : [`Of ${name} only the first of ${pages} pages was looked at.`];
}
