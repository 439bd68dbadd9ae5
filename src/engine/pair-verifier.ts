import { availableParallelism } from 'node:os';
import type { PairEvidence } from '../copies/compare-views.ts';
import { type Judgement, judgePair } from '../copies/judge-pair.ts';
import { PairComparer } from '../copies/pair-comparer.ts';
import type { PictureDecoders } from '../imaging/picture-decoders.ts';
import { PictureViews, type ViewedPicture } from './picture-views.ts';

/** What a pair of pictures is, and why. */
export interface VerifiedPair extends Judgement {
  readonly evidence: PairEvidence;
}

/** Tells whether one picture is a copy of another by laying them over each other; to be closed. */
export class PairVerifier {
  /** How many pairs it can work on at once. */
  readonly parallelism: number;
  readonly views: PictureViews;
  readonly #comparer: PairComparer;

  /** @param decoders outlive it @param maxBytes no larger file is read */
  constructor(decoders: PictureDecoders, maxBytes: number) {
    this.parallelism = availableParallelism();
    this.#comparer = new PairComparer(this.parallelism);
    this.views = new PictureViews(decoders, this.#comparer, maxBytes);
  }

  async verify(a: ViewedPicture, b: ViewedPicture): Promise<VerifiedPair> {
    const evidence = await this.#comparer.compare(a.view, b.view);
    return { ...judgePair(evidence), evidence };
  }

  /** Ends its threads; what is being compared fails. */
  async close(): Promise<void> {
    await this.#comparer.close();
  }
}
