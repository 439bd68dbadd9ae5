import type { DescriptorStore } from '../domain/descriptor-store.ts';
import { feedPosition, generationOf } from './commits.ts';
import { vectorOfPicture, vectorsOfParts, vectorsOfPictures } from './descriptor-queries.ts';
import type { SqliteConnections } from './sqlite-connections.ts';
import { vectorFeed } from './vector-feed.ts';

export function sqliteDescriptorStore(connections: SqliteConnections): DescriptorStore {
  return {
    put: (source, vectors) => connections.write('putVectors', source, vectors),
    position: () => connections.read(feedPosition),
    knows: (position) => connections.read((database) => generationOf(database, position) !== null),
    changes: (source, after) => vectorFeed(connections, source, after),
    count: (source) => connections.survey('countVectors', source),
    vectors: (source, parts) => connections.read((database) => vectorsOfParts(database, source, parts)),
    vectorsOfPictures: (source, pictures) =>
      connections.read((database) => vectorsOfPictures(database, source, pictures)),
    vectorOfPicture: (source, picture) =>
      connections.read((database) => vectorOfPicture(database, source, picture)),
    nearestExactly: (source, query, k) => connections.survey('nearestExactly', source, query, k),
  };
}
