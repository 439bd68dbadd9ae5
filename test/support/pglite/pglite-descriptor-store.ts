import type { DescriptorStore } from '../../../src/domain/descriptor-store.ts';
import { currentMoment, snapshotOf } from './feed-position.ts';
import type { PgliteConnection } from './pglite-connection.ts';
import { putVectors } from './put-vectors.ts';
import { vectorFeed } from './vector-feed.ts';
import {
  countVectors,
  nearestExactly,
  vectorOfPicture,
  vectorsOfParts,
  vectorsOfPictures,
} from './vector-queries.ts';

export function pgliteDescriptorStore({ read, write }: PgliteConnection): DescriptorStore {
  return {
    put: (source, vectors) => write((query) => putVectors(query, source, vectors)),
    position: () => read(async (query) => (await currentMoment(query)).position),
    knows: (position) => read(async (query) => (await snapshotOf(query, position)) !== null),
    changes: (source, after) => vectorFeed({ read, write }, source, after),
    count: (source) =>
      read(async (query) => ({
        count: await countVectors(query, source),
        position: (await currentMoment(query)).position,
      })),
    vectors: (source, parts) => read((query) => vectorsOfParts(query, source, parts)),
    vectorsOfPictures: (source, pictures) => read((query) => vectorsOfPictures(query, source, pictures)),
    vectorOfPicture: (source, picture) => read((query) => vectorOfPicture(query, source, picture)),
    nearestExactly: (source, wanted, k) => read((query) => nearestExactly(query, source, wanted, k)),
  };
}
