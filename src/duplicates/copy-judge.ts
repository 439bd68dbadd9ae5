import type { CatalogPicture } from '../domain/picture-catalog.ts';

/**
 * What two pictures of different pixels are. `copy`: one was made from the other, or both from one; `burst`: one scene, taken
 * at different times; `unsure`: they show the same, and it cannot be told whether one is a copy; `unrelated`: none of these;
 * `plain`: there is nothing in either by which they could be compared.
 */
export type CopyAnswer =
  | { readonly kind: 'copy' | 'burst' | 'unsure' | 'unrelated' | 'plain' }
  /** No file of one of them is within reach, or one cannot be decoded. */
  | { readonly kind: 'unknown' };

/** Looks at two pictures to tell whether one is a copy of the other. */
export interface CopyJudge {
  /** How many pairs it works on at once; more wait. */
  readonly parallelism: number;
  /** @throws the signal's reason; what is wrong with a picture is the answer */
  judge(a: CatalogPicture, b: CatalogPicture, signal: AbortSignal): Promise<CopyAnswer>;
}
