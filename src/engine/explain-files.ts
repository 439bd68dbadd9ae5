import { COPY_RULE_VERSION } from '../copies/judge-pair.ts';
import { type Embedding, similarity } from '../domain/embedding.ts';
import type { ContentHash, PictureId } from '../domain/picture.ts';
import type { RelationKind } from '../domain/relation.ts';
import { type SpaceId, vectorIn } from '../domain/space.ts';
import { compareFiles, type FileComparison } from './compare-files.ts';
import { describeFile } from './describe-picture.ts';
import { picturesNear } from './lay-over-near.ts';
import type { Library } from './library.ts';

/** Beyond so many nearer pictures nobody counts. */
export const MOST_COUNTED = 100;

/** How a library comes to say what two pictures are, stage by stage. */
export interface PairExplanation {
  readonly comparison: FileComparison;
  /** By space: cosine similarity, -1 to 1. */
  readonly similarities: ReadonlyMap<SpaceId, number>;
  /** The space that copies are looked for in. */
  readonly space: SpaceId;
  /** Pictures of the library that are nearer to the first than the second is, and the other way round; up to MOST_COUNTED. */
  readonly nearer: { readonly toA: number; readonly toB: number };
  /** What the catalog keeps of the two, when both are of the library and somebody has looked; null otherwise. */
  readonly kept: {
    readonly kind: RelationKind;
    readonly ruleVersion: number;
    readonly isOfNow: boolean;
  } | null;
}

interface Described {
  readonly contentHash: ContentHash;
  readonly vectors: ReadonlyMap<SpaceId, Embedding>;
}

/**
 * Explains what two picture files are to each other, and whether a report of a library would come to look at them.
 * @throws EideticError as compareFiles and describeFile; CATALOG_*
 */
export async function explainFiles(library: Library, a: string, b: string): Promise<PairExplanation> {
  const comparison = await compareFiles(library.config.limits, a, b);
  const [one, other] = [await describe(library, a), await describe(library, b)];
  const { space } = library.spaces.forCopies;
  const similarities = new Map(
    [...one.vectors].map(([id, vector]) => [id, similarity(vector, other.vectors.get(id) as Embedding)]),
  );
  const least = similarities.get(space.id) as number;
  const hashes = new Set([one.contentHash, other.contentHash]);
  return {
    ...{ comparison, similarities, space: space.id },
    nearer: {
      toA: await countNearer(library, one.vectors.get(space.id) as Embedding, least, hashes),
      toB: await countNearer(library, other.vectors.get(space.id) as Embedding, least, hashes),
    },
    kept: await keptRelation(library, one.contentHash, other.contentHash),
  };
}

async function describe(library: Library, path: string): Promise<Described> {
  const described = await describeFile(library, path);
  return {
    contentHash: described.contentHash,
    vectors: new Map(library.spaces.all.map(({ space }) => [space.id, vectorIn(space, described)])),
  };
}

async function countNearer(
  library: Library,
  embedding: Embedding,
  least: number,
  leftOut: ReadonlySet<ContentHash>,
): Promise<number> {
  const { index } = await library.spaces.forCopies.index.current();
  let nearer = 0;
  for await (const { picture, similarity } of picturesNear(library, index, embedding, { mostFiles: 1 })) {
    if (similarity <= least || nearer === MOST_COUNTED) {
      break;
    }
    nearer += leftOut.has(picture.contentHash) ? 0 : 1;
  }
  return nearer;
}

async function keptRelation(
  { catalog }: Library,
  ...hashes: readonly ContentHash[]
): Promise<PairExplanation['kept']> {
  const found = await Promise.all(hashes.map((hash) => catalog.files.findByHash(hash, [])));
  const ids = found.flatMap((picture) => (picture === null ? [] : [picture.id])).sort((x, y) => x - y);
  const [a, b] = ids as [PictureId, PictureId];
  if (ids.length < 2 || a === b) {
    return null;
  }
  const kept = await catalog.relations.between(a, b);
  return (
    kept && {
      ...{ kind: kept.kind, ruleVersion: kept.ruleVersion },
      isOfNow: kept.ruleVersion === COPY_RULE_VERSION,
    }
  );
}
