import type { DecisionStore } from '../domain/decision.ts';
import { decisionsAbout, decisionsPage, decisionsRevision } from './decision-queries.ts';
import type { SqliteConnections } from './sqlite-connections.ts';

export function sqliteDecisionStore(connections: SqliteConnections): DecisionStore {
  return {
    record: (decision) => connections.write('recordDecision', decision),
    recordAll: (decisions) => connections.write('recordDecisions', decisions),
    about: (pictures) => connections.read((database) => decisionsAbout(database, pictures)),
    page: (limit, after) => connections.read((database) => decisionsPage(database, limit, after)),
    revision: () => connections.read(decisionsRevision),
  };
}
