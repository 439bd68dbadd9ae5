import type { Catalog } from '../domain/catalog.ts';
import type { VectorName } from '../domain/descriptor.ts';
import type { ModelManifest } from '../domain/model.ts';
import type { Space } from '../domain/space.ts';
import { type Check, noteOf } from './check.ts';

/** A folder of a saved index that no active space uses. */
export interface FormerIndex {
  readonly path: string;
  readonly sizeBytes: number;
}

const BYTES_PER_NUMBER = 4;

/**
 * Counts what models that are not in use any more have left: their vectors, and their saved indexes. Neither is damage.
 * @param spaces those that are used
 */
export async function checkFormer(
  { models, descriptors }: Pick<Catalog, 'models' | 'descriptors'>,
  spaces: readonly Space[],
  indexes: readonly FormerIndex[],
): Promise<Check> {
  const used = new Set(spaces.map(({ modelKey }) => modelKey));
  const findings: string[] = [];
  for (const { key, manifest } of await models.models()) {
    if (used.has(key)) {
      continue;
    }
    let [vectors, numbers] = [0, 0];
    for (const [name, dimensions] of vectorsOf(manifest)) {
      const { count } = await descriptors.count({ modelKey: key, name });
      vectors += count;
      numbers += count * dimensions;
    }
    if (vectors > 0) {
      findings.push(
        `Of ${manifest.id} (${key.slice(0, 12)}) the catalog keeps ${vectors} vectors, about ${megabytes(numbers * BYTES_PER_NUMBER)}.`,
      );
    }
  }
  if (findings.length > 0) {
    findings.push(KEPT);
  }
  for (const { path, sizeBytes } of indexes) {
    findings.push(`The index in ${path} (${megabytes(sizeBytes)}) is not in use, and may be deleted.`);
  }
  return findings.length === 0
    ? noteOf('former models', 'Nothing of others than those in use is kept.', false)
    : noteOf('former models', findings.join(' '), true);
}

/** The vectors that a model yields for each picture, with their dimensions. */
function vectorsOf({ dimensions, outputs }: ModelManifest): Array<readonly [VectorName, number]> {
  const declared = Object.entries(outputs.vectors ?? {});
  return [
    ...(['cls', 'gem'] as const).map((name) => [name, dimensions] as const),
    ...declared.map(([name, vector]) => [name, vector.dimensions] as const),
  ];
}

const KEPT =
  'They are kept so that "eidetic models use" can go back to them; to be rid of them, index the same folders into a new library (--library OTHER). Uploads and keys are in this one alone: take its folders uploads and keys along before you delete it.';

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
