import type { PictureCatalog } from '../domain/picture-catalog.ts';
import { withImageData } from './equal-pictures.ts';
import { knownPixels } from './known-pixels.ts';
import { isUnfiltered, matching, newestMatching } from './matching-pictures.ts';
import { newestPictures } from './newest-pictures.ts';
import { picturesBy } from './picture-queries.ts';
import { pictureIdsOfParts } from './pictures-of-parts.ts';
import type { SqliteConnections } from './sqlite-connections.ts';

export function sqlitePictureCatalog(connections: SqliteConnections): PictureCatalog {
  return {
    async pictures(ids, filter = {}, mostFiles) {
      const found = await connections.readInTurns((database) =>
        picturesBy('picture', database, ids, { filter, mostFiles }),
      );
      return found.map(({ picture }) => picture);
    },
    async picturesOfParts(parts, filter = {}, mostFiles) {
      const found = await connections.readInTurns((database) =>
        picturesBy('part', database, parts, { filter, mostFiles }),
      );
      return found.map(({ id, picture }) => ({ part: id, picture }));
    },
    pictureIdsOfParts: (parts, filter = {}) =>
      connections.readInTurns((database) => pictureIdsOfParts(database, parts, filter)),
    matching: (filter, limit, after = 0) =>
      connections.readInTurns((database) => matching(database, filter, limit, after)),
    newest: (filter, limit, before = Number.MAX_SAFE_INTEGER) =>
      isUnfiltered(filter)
        ? connections.read((database) => newestPictures(database, limit, before))
        : connections.readInTurns((database) => newestMatching(database, filter, limit, before)),
    counts: () => connections.survey('counts'),
    picturesWithSeveralFiles: () => connections.survey('picturesWithSeveralFiles'),
    sameImageDataGroups: () => connections.survey('sameImageDataGroups'),
    withImageData: (hash) => connections.read((database) => withImageData(database, hash)),
    samePixelGroups: () => connections.survey('samePixelGroups'),
    knownPixels: (ids) => connections.read((database) => knownPixels(database, ids)),
    keepPixels: (pixels) => connections.write('keepPixels', pixels),
  };
}
