import type { KnownModel, ModelRegistry } from '../../../src/domain/model-registry.ts';
import type { PgliteConnection } from './pglite-connection.ts';

export function pgliteModelRegistry({ read, write }: PgliteConnection): ModelRegistry {
  return {
    models: () => read((query) => query<KnownModel>('SELECT key, manifest FROM models ORDER BY id')),
    add: (key, manifest) =>
      write(async (query) => {
        await query('INSERT INTO models (key, manifest) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING', [
          key,
          JSON.stringify(manifest),
        ]);
      }),
  };
}
