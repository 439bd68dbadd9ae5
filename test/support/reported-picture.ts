import type { CatalogPicture } from '../../src/domain/picture-catalog.ts';
import type { AskedCounts } from '../../src/duplicates/count-asked.ts';

/** Of a question about the whole library. */
export const NONE_ASKED: AskedCounts = { across: [], within: [], reference: [], others: 0 };

/**
 * A picture as reports have it.
 * @param identity of its files, when the catalog knows them for names of one
 */
export function reportedPicture(
  id: number,
  paths: readonly string[],
  identity: string | null = null,
  imageDataHash: string | null = null,
): CatalogPicture {
  return {
    ...{ id, contentHash: `hash ${id}`, sizeBytes: 1_000, format: 'jpeg', width: 20, height: 10 },
    ...{ pages: 1, bitDepth: 8, imageDataHash, takenAt: null, camera: null, latitude: null, longitude: null },
    files: paths.map((path) => ({ path, identity })),
    fileCount: paths.length,
  };
}
