import type { CatalogPicture } from '../domain/picture-catalog.ts';

/** A picture as keep rules look at it. */
export type RatedPicture = Omit<CatalogPicture, 'files' | 'fileCount'>;

/** A file of a group, of which some are kept and some dropped. */
export interface Candidate {
  /** Absolute, without symbolic links. */
  readonly path: string;
  readonly picture: RatedPicture;
  /** Milliseconds since 1970. */
  readonly modifiedMs: number;
  /** Stars that somebody gave it, 1 to 5; null for none. */
  readonly rating: number | null;
}
