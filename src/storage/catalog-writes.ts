import type { Database } from 'better-sqlite3';
import type { Decision, NewDecision } from '../domain/decision.ts';
import type { CommitResult, FailedName, LedgerBatch } from '../domain/file-ledger.ts';
import type { ModelManifest } from '../domain/model.ts';
import type { PictureId } from '../domain/picture.ts';
import type { KnownPixels } from '../domain/picture-catalog.ts';
import type { Relation } from '../domain/relation.ts';
import type { Root, RootId, RootRules } from '../domain/roots.ts';
import type { Space, SpaceDefinition, SpaceRevision, VectorSource } from '../domain/space.ts';
import { removeBackup } from './backup-file.ts';
import { commitBatch } from './commit-batch.ts';
import { recordDecision, recordDecisions } from './decision-queries.ts';
import { keepPixels } from './known-pixels.ts';
import { addModel } from './model-rows.ts';
import { pruneOrphans } from './prune-orphans.ts';
import { putRelations, removeStaleRelations } from './relation-queries.ts';
import { retryFailures } from './retry-failures.ts';
import { keepUploadsIn, putRoot, removeRoots } from './root-writes.ts';
import { activateSpaces, putSpace } from './space-queries.ts';
import { type PartVector, putVectors } from './vector-writes.ts';

/** Everything that changes a catalog; each call is one transaction. See the ports of Catalog. */
export interface CatalogWrites {
  addModel(key: string, manifest: ModelManifest): void;
  putSpace(definition: SpaceDefinition): Space;
  activateSpaces(spaces: readonly SpaceRevision[]): void;
  putRoot(path: string, rules: RootRules): Root;
  removeRoots(ids: readonly RootId[]): void;
  keepUploadsIn(folder: string): void;
  commit(batch: LedgerBatch): CommitResult;
  pruneOrphans(): PictureId[];
  retryFailures(failed: readonly FailedName[]): number;
  keepPixels(pixels: readonly KnownPixels[]): void;
  putVectors(source: VectorSource, vectors: readonly PartVector[]): void;
  putRelations(relations: readonly Relation[]): void;
  removeStaleRelations(
    ruleVersion: number,
    space: { readonly id: string; readonly revision: number },
  ): number;
  recordDecision(decision: NewDecision): Decision;
  recordDecisions(decisions: readonly NewDecision[]): Decision[];
  removeBackup(): string | null;
}

export function catalogWrites(database: Database): CatalogWrites {
  // Immediate: a transaction that begins by reading and goes on to write fails when another writes in between.
  function whole<Args extends unknown[], Result>(
    write: (database: Database, ...args: Args) => Result,
  ): (...args: Args) => Result {
    return database.transaction((...args: Args) => write(database, ...args)).immediate;
  }
  return {
    addModel: whole(addModel),
    putSpace: whole(putSpace),
    activateSpaces: whole(activateSpaces),
    putRoot: whole(putRoot),
    removeRoots: whole(removeRoots),
    keepUploadsIn: whole(keepUploadsIn),
    commit: whole(commitBatch),
    pruneOrphans: whole(pruneOrphans),
    retryFailures: whole(retryFailures),
    keepPixels: whole(keepPixels),
    putVectors: whole(putVectors),
    putRelations: whole(putRelations),
    removeStaleRelations: whole(removeStaleRelations),
    recordDecision: whole(recordDecision),
    recordDecisions: whole(recordDecisions),
    removeBackup: whole(removeBackup),
  };
}
