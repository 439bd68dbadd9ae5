import type { Database } from 'better-sqlite3';
import { EideticError } from '../domain/errors.ts';
import type { Space, SpaceDefinition, SpaceRevision } from '../domain/space.ts';
import type { StoredSpace } from '../domain/space-store.ts';
import { beginCommit } from './commits.ts';
import { modelRow } from './model-rows.ts';

interface SpaceRow extends Omit<StoredSpace, 'isActive'> {
  readonly active: number;
}

/** See SpaceStore.spaces. */
export function readSpaces(database: Database): StoredSpace[] {
  const rows = database
    .prepare(
      `SELECT s.space_id AS id, s.revision, m.key AS modelKey, s.source AS "from", s.transform, s.dimensions,
         s.metric, s.active
       FROM spaces s JOIN models m ON m.id = s.model_id ORDER BY s.space_id, s.revision`,
    )
    .all() as SpaceRow[];
  return rows.map(({ active, ...space }) => ({ ...space, isActive: active === 1 }));
}

/** A definition with the revision that it has; null when it is not known. */
export function knownSpace(database: Database, definition: SpaceDefinition): Space | null {
  const known = readSpaces(database).find((space) => isSameSpace(space, definition));
  return known === undefined ? null : { ...definition, revision: known.revision };
}

/** See SpaceStore.put. */
export function putSpace(database: Database, definition: SpaceDefinition): Space {
  const known = knownSpace(database, definition);
  if (known !== null) {
    return known; // another process has put it meanwhile
  }
  const model = modelRow(database, definition.modelKey);
  if (model === null) {
    throw new EideticError(
      'MODEL_MISMATCH',
      `Found a definition of the space "${definition.id}" from the model ${definition.modelKey}, which the catalog does not know; expected the model to be added first.`,
    );
  }
  const revisions = readSpaces(database).filter(({ id }) => id === definition.id);
  const revision = (revisions.at(-1)?.revision ?? 0) + 1;
  beginCommit(database);
  database
    .prepare(
      `INSERT INTO spaces (space_id, revision, model_id, source, transform, dimensions, metric, active)
       VALUES (@id, @revision, @model, @from, @transform, @dimensions, @metric, 0)`,
    )
    .run({ ...definition, revision, model });
  return { ...definition, revision };
}

/** See SpaceStore.activate. */
export function activateSpaces(database: Database, spaces: readonly SpaceRevision[]): void {
  beginCommit(database);
  for (const { id, revision } of spaces) {
    database.prepare('UPDATE spaces SET active = 0 WHERE space_id = ?').run(id);
    const { changes } = database
      .prepare('UPDATE spaces SET active = 1 WHERE space_id = ? AND revision = ?')
      .run(id, revision);
    if (changes !== 1) {
      throw new EideticError(
        'MODEL_MISMATCH',
        `Found no revision ${revision} of the space "${id}" in the catalog; expected one that was put there before.`,
      );
    }
  }
}

function isSameSpace(a: SpaceDefinition, b: SpaceDefinition): boolean {
  return (
    a.id === b.id &&
    a.modelKey === b.modelKey &&
    a.from === b.from &&
    a.transform === b.transform &&
    a.dimensions === b.dimensions &&
    a.metric === b.metric
  );
}
