import type { DescriptorStore } from '../domain/descriptor-store.ts';
import { type Space, sourceOf } from '../domain/space.ts';
import type { IndexEntry } from '../domain/vector-index.ts';
import { type Check, checkOf } from './check.ts';

/** What rounding to float32 may do to the length of a unit vector. */
const LENGTH_TOLERANCE = 1e-3;

/**
 * Reads every vector that any of the spaces is made from: each must have the space's dimensions and length 1.
 * @param spaces one or more; each source of vectors is read once, however many spaces are made from it
 */
export async function checkVectors(descriptors: DescriptorStore, spaces: readonly Space[]): Promise<Check> {
  const distinct = new Map<string, { space: Space; names: Set<string> }>();
  for (const space of spaces) {
    const key = JSON.stringify([sourceOf(space), space.dimensions]);
    const { names } = distinct.get(key) ?? { names: new Set() };
    distinct.set(key, { space, names: names.add(`"${space.id}"`) });
  }
  const findings: string[] = [];
  for (const { space, names } of distinct.values()) {
    let count = 0;
    for await (const { upserted } of descriptors.changes(sourceOf(space), null)) {
      const problem = upserted.map((entry) => findProblem(entry, space)).find((found) => found !== null);
      if (problem !== undefined) {
        return checkOf('embeddings', false, problem);
      }
      count += upserted.length;
    }
    findings.push(
      `All ${count} of the space ${[...names].join(' and ')} ("${space.from}" of the model ${space.modelKey.slice(0, 12)}) have ${space.dimensions} dimensions and length 1.`,
    );
  }
  return checkOf('embeddings', true, findings.join(' '));
}

function findProblem({ id, embedding }: IndexEntry, { id: space, dimensions }: Space): string | null {
  if (embedding.length !== dimensions) {
    return `Found a vector of ${embedding.length} dimensions for part ${id} in "${space}", expected ${dimensions}; ${REMEDY}`;
  }
  const length = Math.sqrt(embedding.reduce((sum, value) => sum + value * value, 0));
  return Math.abs(length - 1) < LENGTH_TOLERANCE
    ? null
    : `Found a vector of length ${length} for part ${id} in "${space}", expected 1; ${REMEDY}`;
}

const REMEDY = 'run "eidetic index --force" to embed its picture again.';
