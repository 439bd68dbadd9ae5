import type { Database } from 'better-sqlite3';
import {
  type DecidedPicture,
  type Decision,
  type DecisionKind,
  leastPictures,
  type NewDecision,
} from '../domain/decision.ts';
import { EideticError } from '../domain/errors.ts';
import { hashBlob, hashBlobOrNull } from './hash-blob.ts';

/** A decision and one of its pictures. */
interface DecisionRow {
  readonly id: number;
  readonly kind: DecisionKind;
  readonly decidedBy: string;
  readonly decidedAt: string;
  readonly note: string | null;
  readonly contentHash: string;
  readonly imageDataHash: string | null;
}

/** See DecisionStore.record. */
export function recordDecision(database: Database, decision: NewDecision): Decision {
  const { kind, pictures, decidedBy, decidedAt, note } = decision;
  const distinct = new Set(pictures.map(({ contentHash }) => contentHash));
  const least = leastPictures(kind);
  if (distinct.size < least || distinct.size < pictures.length) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found the decision ${kind} about ${pictures.length} pictures, ${distinct.size} of them different; expected ${least === 1 ? 'one' : 'two'} or more, each once.`,
    );
  }
  const id = database
    .prepare('INSERT INTO decisions (kind, decided_by, decided_at, note) VALUES (?, ?, ?, ?) RETURNING id')
    .pluck()
    .get(kind, decidedBy, decidedAt, note) as number;
  const insert = database.prepare(
    'INSERT INTO decided_pictures (decision_id, content_hash, image_data_hash) VALUES (?, ?, ?)',
  );
  for (const { contentHash, imageDataHash } of pictures) {
    insert.run(id, hashBlob(contentHash), hashBlobOrNull(imageDataHash));
  }
  return { id, ...decision };
}

/** See DecisionStore.recordAll. */
export function recordDecisions(database: Database, decisions: readonly NewDecision[]): Decision[] {
  return decisions.map((decision) => recordDecision(database, decision));
}

/** See DecisionStore.about. */
export function decisionsAbout(database: Database, pictures: readonly DecidedPicture[]): Decision[] {
  const contents = pictures.map(({ contentHash }) => contentHash);
  const imageData = pictures.map(({ imageDataHash }) => imageDataHash).filter((hash) => hash !== null);
  return readDecisions(
    database,
    `SELECT decision_id FROM decided_pictures
       WHERE content_hash IN (SELECT unhex(value) FROM json_each(@contents))
     UNION SELECT decision_id FROM decided_pictures
       WHERE image_data_hash IN (SELECT unhex(value) FROM json_each(@imageData))`,
    { contents: JSON.stringify(contents), imageData: JSON.stringify(imageData) },
  );
}

/** See DecisionStore.page. */
export function decisionsPage(database: Database, limit: number, after: number): Decision[] {
  const chosen = 'SELECT id FROM decisions WHERE id > @after ORDER BY id LIMIT @limit';
  return readDecisions(database, chosen, { limit, after });
}

/** See DecisionStore.revision. Ids are never used again, so that the count tells of one that was recorded between others. */
export function decisionsRevision(database: Database): string {
  return database
    .prepare("SELECT count(*) || '-' || coalesce(max(id), 0) FROM decisions")
    .pluck()
    .get() as string;
}

/** @param chosen SQL that gives ids of decisions */
function readDecisions(database: Database, chosen: string, values: Record<string, unknown>): Decision[] {
  const rows = database
    .prepare(
      `SELECT d.id, d.kind, d.decided_by AS decidedBy, d.decided_at AS decidedAt, d.note,
         lower(hex(p.content_hash)) AS contentHash,
         iif(p.image_data_hash IS NULL, NULL, lower(hex(p.image_data_hash))) AS imageDataHash
       FROM decisions d JOIN decided_pictures p ON p.decision_id = d.id
       WHERE d.id IN (${chosen}) ORDER BY d.id, p.content_hash`,
    )
    .all(values) as DecisionRow[];
  const found: Array<Decision & { readonly pictures: DecidedPicture[] }> = [];
  for (const { contentHash, imageDataHash, ...decision } of rows) {
    const picture = { contentHash, imageDataHash };
    const last = found.at(-1);
    if (last?.id === decision.id) {
      last.pictures.push(picture);
    } else {
      found.push({ ...decision, pictures: [picture] });
    }
  }
  return found;
}
