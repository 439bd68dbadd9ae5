import type { MigrationStep } from '../migration-step.ts';

export const models: MigrationStep = {
  name: 'models',
  does: 'Takes over the models, and makes the space `similar` of each: one revision a model, in the order in which they came; the one of the model in use is active.',
  run(database) {
    database.exec(`
      INSERT INTO models (id, key, manifest) SELECT id, key, manifest FROM old_models ORDER BY id;
      INSERT INTO spaces (space_id, revision, model_id, source, transform, dimensions, metric, active)
        SELECT 'similar', row_number() OVER (ORDER BY id), id, 'cls', 'none', manifest ->> 'dimensions', 'cosine', active
        FROM old_models ORDER BY id;
    `);
    return 'done';
  },
};
