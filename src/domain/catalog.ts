import type { DecisionStore } from './decision.ts';
import type { DescriptorStore } from './descriptor-store.ts';
import type { FileLedger } from './file-ledger.ts';
import type { ModelRegistry } from './model-registry.ts';
import type { PictureCatalog } from './picture-catalog.ts';
import type { RelationStore } from './relation.ts';
import type { SpaceStore } from './space-store.ts';

/** The truth: one database behind several ports. A use case takes the ports that it needs. */
export interface Catalog {
  /** Random, made with the catalog, the same for good: caches name it, so that none is taken for another's. */
  readonly libraryId: string;
  /** Whether it lies where nothing can be written: then all that changes it is refused with READ_ONLY. */
  readonly isReadOnly: boolean;
  readonly files: FileLedger;
  readonly pictures: PictureCatalog;
  readonly descriptors: DescriptorStore;
  readonly models: ModelRegistry;
  readonly spaces: SpaceStore;
  readonly relations: RelationStore;
  readonly decisions: DecisionStore;
  /**
   * Removes the backup that a migration left, when the catalog has proved itself.
   * @returns its path, or null when there was none
   */
  removeBackup(): Promise<string | null>;
  /**
   * Makes sure that what was opened is still where it was: one that was deleted or replaced answers on, from a file
   * that nobody else can reach.
   * @throws EideticError NOT_FOUND; CATALOG_BUSY when the disk does not say
   */
  requireThere(): Promise<void>;
  /** What is wrong inside it, one sentence each; empty when sound. */
  integrityProblems(): Promise<string[]>;
  /** Finishes what was asked. Calls after it are refused with CATALOG_CLOSED. */
  close(): Promise<void>;
}
