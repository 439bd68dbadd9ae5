import type { DescribedVector } from '../../../src/domain/descriptor.ts';
import { EideticError } from '../../../src/domain/errors.ts';
import type { PartId } from '../../../src/domain/picture.ts';
import type { VectorSource } from '../../../src/domain/space.ts';
import { beginCommit } from './begin-commit.ts';
import type { Query } from './pglite-connection.ts';
import { writeVectors } from './write-vectors.ts';

/** See DescriptorStore.put. */
export async function putVectors(
  query: Query,
  source: VectorSource,
  vectors: ReadonlyArray<DescribedVector & { readonly part: PartId }>,
): Promise<void> {
  await beginCommit(query);
  await requireParts(
    query,
    vectors.map(({ part }) => part),
  );
  await writeVectors(
    query,
    vectors.map((vector) => ({ ...vector, ...source })),
  );
}

/** Locked against being pruned until the vectors are there. */
async function requireParts(query: Query, parts: readonly PartId[]): Promise<void> {
  const found = await query<{ id: PartId }>(
    'SELECT id FROM parts WHERE id = ANY($1::bigint[]) ORDER BY id FOR KEY SHARE',
    [parts],
  );
  const known = new Set(found.map(({ id }) => id));
  const missing = parts.find((part) => !known.has(part));
  if (missing !== undefined) {
    throw new EideticError(
      'NOT_FOUND',
      `Found a vector of part ${missing}, which the catalog does not have (any more); nothing was written.`,
    );
  }
}
