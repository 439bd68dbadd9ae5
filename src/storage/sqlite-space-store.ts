import type { SpaceStore } from '../domain/space-store.ts';
import { knownSpace, readSpaces } from './space-queries.ts';
import type { SqliteConnections } from './sqlite-connections.ts';

export function sqliteSpaceStore(connections: SqliteConnections): SpaceStore {
  return {
    spaces: () => connections.read(readSpaces),
    async put(definition) {
      // Asked first, so that a known space needs no right to write.
      const known = connections.readNow((database) => knownSpace(database, definition));
      return known ?? connections.write('putSpace', definition);
    },
    activate: (spaces) => connections.write('activateSpaces', spaces),
  };
}
