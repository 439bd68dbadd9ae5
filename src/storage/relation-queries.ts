import type { Database } from 'better-sqlite3';
import { EideticError } from '../domain/errors.ts';
import type { PictureId } from '../domain/picture.ts';
import type { Relation, RelationKind, RelationStore } from '../domain/relation.ts';
import { prepared } from './prepared.ts';

type RelationPage = Parameters<RelationStore['page']>;

interface RelationRow {
  readonly a: PictureId;
  readonly b: PictureId;
  readonly kind: RelationKind;
  readonly evidence: string;
  readonly rule_version: number;
  readonly space_id: string | null;
  readonly space_revision: number | null;
}

/** See RelationStore.put. */
export function putRelations(database: Database, relations: readonly Relation[]): void {
  for (const relation of relations) {
    const { a, b, kind, evidence, ruleVersion, space } = relation;
    requirePair(database, a, b);
    prepared(
      database,
      `INSERT OR REPLACE INTO relations (a, b, kind, evidence, rule_version, space_id, space_revision)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ).run(a, b, kind, JSON.stringify(evidence), ruleVersion, space?.id ?? null, space?.revision ?? null);
  }
}

function requirePair(database: Database, a: PictureId, b: PictureId): void {
  if (!(a < b)) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found a relation of the pictures ${a} and ${b}, expected two, the smaller id first.`,
    );
  }
  for (const id of [a, b]) {
    if (prepared(database, 'SELECT id FROM pictures WHERE id = ?').get(id) === undefined) {
      throw new EideticError(
        'NOT_FOUND',
        `Found a relation of picture ${id}, which the catalog does not have (any more); nothing was written.`,
      );
    }
  }
}

/** See RelationStore.removeStale. */
export function removeStaleRelations(
  database: Database,
  ruleVersion: number,
  space: { readonly id: string; readonly revision: number },
): number {
  return database
    .prepare('DELETE FROM relations WHERE rule_version < ? OR (space_id = ? AND space_revision <> ?)')
    .run(ruleVersion, space.id, space.revision).changes;
}

/** See RelationStore.between. */
export function relationBetween(database: Database, a: PictureId, b: PictureId): Relation | null {
  const row = prepared(database, 'SELECT * FROM relations WHERE a = ? AND b = ?').get(
    Math.min(a, b),
    Math.max(a, b),
  ) as RelationRow | undefined;
  return row === undefined ? null : toRelation(row);
}

/** See RelationStore.among. */
export function relationsAmong(
  database: Database,
  picture: PictureId,
  others: readonly PictureId[],
): Relation[] {
  // Two lookups by an index each: OR would read every relation of the library.
  const rows = prepared(
    database,
    `SELECT * FROM relations
     WHERE a = @picture AND b IN (SELECT value FROM json_each(@others))
     UNION ALL
     SELECT * FROM relations
     WHERE b = @picture AND a IN (SELECT value FROM json_each(@others))`,
  ).all({ picture, others: JSON.stringify(others) }) as RelationRow[];
  return rows.map(toRelation);
}

/** See RelationStore.page. */
export function relationsPage(
  database: Database,
  { kinds, picture }: RelationPage[0],
  limit: number,
  after: RelationPage[2],
): Relation[] {
  const conditions = [
    '(a, b) > (@a, @b)',
    ...(picture === undefined ? [] : ['(a = @picture OR b = @picture)']),
    ...(kinds === undefined ? [] : ['kind IN (SELECT value FROM json_each(@kinds))']),
  ];
  const rows = database
    .prepare(`SELECT * FROM relations WHERE ${conditions.join(' AND ')} ORDER BY a, b LIMIT @limit`)
    .all({
      ...(after ?? { a: 0, b: 0 }),
      picture,
      kinds: JSON.stringify(kinds ?? []),
      limit,
    }) as RelationRow[];
  return rows.map(toRelation);
}

function toRelation(row: RelationRow): Relation {
  return {
    a: row.a,
    b: row.b,
    kind: row.kind,
    evidence: JSON.parse(row.evidence) as Relation['evidence'],
    ruleVersion: row.rule_version,
    space:
      row.space_id === null || row.space_revision === null
        ? null
        : { id: row.space_id, revision: row.space_revision },
  };
}
