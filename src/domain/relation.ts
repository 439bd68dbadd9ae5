import type { PictureId } from './picture.ts';

/** What a pair of pictures is; `different`: somebody looked, and nothing in them fits together; `plain`: there is
 * nothing in either by which they could be compared.
 */
export type RelationKind =
  | 'identical'
  | 'same-image-data'
  | 'same-pixels'
  | 'copy'
  | 'burst'
  | 'similar'
  | 'unsure'
  | 'different'
  | 'plain';

/** What is known of a pair, and from what. */
export interface Relation {
  /** The smaller id. */
  readonly a: PictureId;
  readonly b: PictureId;
  readonly kind: RelationKind;
  /** The numbers and the rule that decided. */
  readonly evidence: Readonly<Record<string, unknown>>;
  /** Version of the rule. */
  readonly ruleVersion: number;
  /** The space that was looked at; null when none was (equal bytes). */
  readonly space: { readonly id: string; readonly revision: number } | null;
}

/** Relations found, kept so that they are not found twice. A picture that is pruned takes its relations along. */
export interface RelationStore {
  /** Adds relations, or replaces those of the same pairs. @throws EideticError NOT_FOUND for a picture not there */
  put(relations: readonly Relation[]): Promise<void>;
  between(a: PictureId, b: PictureId): Promise<Relation | null>;
  /** Of one picture to each of these others, in no promised order; of a pair that nobody looked at, nothing. */
  among(picture: PictureId, others: readonly PictureId[]): Promise<Relation[]>;
  /** By `a`, then `b`, behind a pair (null: from the start); at most `limit`. */
  page(
    wanted: { readonly kinds?: readonly RelationKind[]; readonly picture?: PictureId },
    limit: number,
    after: { readonly a: PictureId; readonly b: PictureId } | null,
  ): Promise<Relation[]>;
  /** Forgets the relations of rules older than this, or of another revision of the space. Returns how many. */
  removeStale(
    ruleVersion: number,
    space: { readonly id: string; readonly revision: number },
  ): Promise<number>;
}
