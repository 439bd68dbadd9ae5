import { availableParallelism } from 'node:os';
import type { DetailBeside, FinePicture } from '../copies/compare-detail.ts';
import { isSamePage, PAGE_SIDE, type PageAgreement } from '../copies/compare-pages.ts';
import type { PairEvidence } from '../copies/compare-views.ts';
import type { FractionMap } from '../copies/fraction-map.ts';
import { type Judgement, judgePair, verdictByScore } from '../copies/judge-pair.ts';
import { PairComparer } from '../copies/pair-comparer.ts';
import { swapEvidence } from '../copies/swap-evidence.ts';
import type { DetailSides } from '../copies/tell-detail.ts';
import type { PictureRegion } from '../domain/picture.ts';
import type { PictureDecoders } from '../imaging/picture-decoders.ts';
import { ByteBudget } from '../indexer/byte-budget.ts';
import { PictureViews, type ViewedPicture } from './picture-views.ts';

/** Pixels of the longer side with fewer of which the letters of a page cannot be told apart. */
const LEAST_PAGE_SIDE = 600;

/**
 * Share of a page that the other picture shows, from which that is looked at as a page too: small and noisy copies of pages
 * look like none. A photo does not show a screenshot that it is a part of.
 */
const MOSTLY_SHOWN = 0.9;

/** Bytes of pictures that are looked at closely at once: two photos of 12 megapixels, or many small ones. */
const MOST_FINE_BYTES = 400_000_000;

/** Three colors and then gray, as numbers of four bytes. */
const BYTES_PER_PIXEL = 16;

const UNREADABLE: PageAgreement = { tellingTiles: 0, agreeingTiles: 0 };

/** What a pair of pictures is, and why. */
export interface VerifiedPair extends Judgement {
  readonly evidence: PairEvidence;
  /** How two pages of text agree that were looked at more closely, in no place where they are too small; null where nobody need. */
  readonly pages: PageAgreement | null;
}

/** Tells whether one picture is a copy of another by laying them over each other; to be closed. */
export class PairVerifier {
  /** How many pairs it can work on at once. */
  readonly parallelism: number;
  readonly views: PictureViews;
  readonly #comparer: PairComparer;
  readonly #fineBytes = new ByteBudget(MOST_FINE_BYTES);

  /** @param decoders outlive it @param maxBytes no larger file is read */
  constructor(decoders: PictureDecoders, maxBytes: number) {
    this.parallelism = availableParallelism();
    this.#comparer = new PairComparer(this.parallelism);
    this.views = new PictureViews(decoders, this.#comparer, maxBytes);
  }

  /** @throws what looking at them more closely throws; Error when it is closed */
  async verify(a: ViewedPicture, b: ViewedPicture, signal?: AbortSignal): Promise<VerifiedPair> {
    const evidence = await this.#compare(a, b);
    const judged = judgePair(evidence);
    const mayBeCopy = judged.verdict === 'copy' || judged.verdict === 'unsure';
    if (!mayBeCopy || evidence.map === null || !arePages(a, b, evidence)) {
      return { ...judged, evidence, pages: null };
    }
    if (Math.min(longerSide(a), longerSide(b)) < LEAST_PAGE_SIDE) {
      return { ...judged, verdict: 'unsure', evidence, pages: UNREADABLE };
    }
    const [fineA, fineB] = await Promise.all([a.finer(PAGE_SIDE, signal), b.finer(PAGE_SIDE, signal)]);
    const pages = await this.#comparer.pages(fineA, fineB, evidence.map);
    const otherwise = verdictByScore(judged.score) === 'copy' ? 'unsure' : 'alike';
    return { ...judged, verdict: isSamePage(pages) ? 'copy' : otherwise, evidence, pages };
  }

  /** See hasMarks. @throws Error when it is closed */
  hasMarks(a: ViewedPicture, b: ViewedPicture, map: FractionMap, areWhole: boolean): Promise<boolean> {
    return this.#comparer.marks(a.view, b.view, map, areWhole);
  }

  /** See compareDetail. @throws what looking at them more closely throws; Error when it is closed */
  async compareDetail(large: ViewedPicture, small: ViewedPicture, sides: DetailSides): Promise<DetailBeside> {
    const share = sides.region === undefined ? 1 : sides.region.width * sides.region.height;
    const pixels = share * (pixelsAt(large, sides.large) + pixelsAt(small, sides.small));
    return this.#fineBytes.spend(BYTES_PER_PIXEL * pixels, async () => {
      const fineLarge = await finePicture(large, sides.large, sides.region);
      return this.#comparer.detail(fineLarge, await finePicture(small, sides.small, sides.region));
    });
  }

  /** The smaller picture is laid over the larger, so that either order tells the same. */
  async #compare(a: ViewedPicture, b: ViewedPicture): Promise<PairEvidence> {
    return isSmaller(b, a)
      ? swapEvidence(await this.#comparer.compare(b.view, a.view))
      : this.#comparer.compare(a.view, b.view);
  }

  /** Ends its threads; what is being compared fails. */
  async close(): Promise<void> {
    await this.#comparer.close();
  }
}

/** Of two of a size the one with fewer keypoints: what was edited has seldom more; of as many, the paler one. */
function isSmaller(a: ViewedPicture, b: ViewedPicture): boolean {
  return (
    (a.width * a.height - b.width * b.height ||
      a.view.features.count - b.view.features.count ||
      a.view.chroma - b.view.chroma) < 0
  );
}

function arePages(a: ViewedPicture, b: ViewedPicture, { overlap }: PairEvidence): boolean {
  if (a.view.isPage && b.view.isPage) {
    return true;
  }
  return (a.view.isPage && overlap.a >= MOSTLY_SHOWN) || (b.view.isPage && overlap.b >= MOSTLY_SHOWN);
}

function pixelsAt(picture: ViewedPicture, side: number): number {
  return picture.width * picture.height * (side / longerSide(picture)) ** 2;
}

/** Only at its own size a JPEG file's blocks are seen. */
async function finePicture(
  picture: ViewedPicture,
  side: number,
  region: PictureRegion | undefined,
): Promise<FinePicture> {
  return {
    image: await picture.finer(side, undefined, region),
    quantization: side === longerSide(picture) ? await picture.lumaQuantization() : null,
  };
}

function longerSide({ width, height }: ViewedPicture): number {
  return Math.max(width, height);
}
