import type { RelationStore } from '../domain/relation.ts';
import { relationBetween, relationsAmong } from './relation-queries.ts';
import type { SqliteConnections } from './sqlite-connections.ts';

export function sqliteRelationStore(connections: SqliteConnections): RelationStore {
  return {
    put: (relations) => connections.write('putRelations', relations),
    between: (a, b) => connections.read((database) => relationBetween(database, a, b)),
    among: (picture, others) => connections.read((database) => relationsAmong(database, picture, others)),
    page: (wanted, limit, after) => connections.survey('relationsPage', wanted, limit, after),
    removeStale: (ruleVersion, space) => connections.write('removeStaleRelations', ruleVersion, space),
  };
}
