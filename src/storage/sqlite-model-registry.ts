import type { ModelRegistry } from '../domain/model-registry.ts';
import { modelRow, readModels } from './model-rows.ts';
import type { SqliteConnections } from './sqlite-connections.ts';

export function sqliteModelRegistry(connections: SqliteConnections): ModelRegistry {
  return {
    models: () => connections.read(readModels),
    async add(key, manifest) {
      // Asked first, so that a known model needs no right to write.
      if (connections.readNow((database) => modelRow(database, key)) === null) {
        await connections.write('addModel', key, manifest);
      }
    },
  };
}
