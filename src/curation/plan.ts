import type { ContentHash } from '../domain/picture.ts';
import type { DuplicateRelation } from '../duplicates/duplicate-group.ts';

/** A plan of another version is refused. */
export const PLAN_SCHEMA_VERSION = 1;

/**
 * What is done to a file that is dropped. `trash`: moved to the trash of its volume; `move`: to a place that the plan
 * names; `hardlink`, `reflink`: made a second name, or a copy that shares its blocks, of the kept file, whose bytes are the
 * same; `delete`: removed for good, the one that cannot be undone.
 */
export const PLAN_ACTIONS = ['trash', 'move', 'hardlink', 'reflink', 'delete'] as const;
export type PlanAction = (typeof PLAN_ACTIONS)[number];

/** A file as it was when the plan was made: one that is another by then is left alone. */
export interface PlannedFile {
  /** Absolute, without symbolic links. */
  readonly path: string;
  /** Of its bytes. */
  readonly contentHash: ContentHash;
  /** Null for what is no picture, and where nobody could tell. */
  readonly imageDataHash: string | null;
  readonly sizeBytes: number;
  /** Milliseconds since 1970, with the fraction that the file system gives. */
  readonly modifiedMs: number;
  /** See FileStamp; null matches anything. */
  readonly device: string | null;
  readonly inode: string | null;
}

/** The first line of a plan. */
export interface PlanHeader {
  readonly kind: 'eidetic-plan';
  readonly schemaVersion: number;
  /** Random: what was done of a plan is remembered under it. */
  readonly planId: string;
  /** A plan is carried out in the library that it was made in. */
  readonly libraryId: string;
  /** ISO 8601. */
  readonly madeAt: string;
  /** Folders that nothing is dropped outside of, absolute. */
  readonly roots: readonly string[];
  /** Folders that nothing is dropped in, absolute. */
  readonly protected: readonly string[];
  /** The rules by which files were kept, in words, the first that tells two files apart deciding. */
  readonly rules: readonly string[];
  readonly groups: number;
  readonly actions: number;
  /** Bytes that are freed when all is done: none by further names of a file that stays. */
  readonly freesBytes: number;
}

/** A further line: what is done to one file, and what it relies on. */
export interface PlannedAction {
  /** 1 for the first; rises. */
  readonly number: number;
  readonly action: PlanAction;
  /** Where to, absolute; null unless it is moved. */
  readonly to: string | null;
  /** Number of its group, 1 for the first. */
  readonly group: number;
  readonly relation: DuplicateRelation;
  readonly drop: PlannedFile;
  /** The file of its group that stays, or what stays beside it: without it nothing is done. */
  readonly keep: PlannedFile;
  /** Why that one is kept, a sentence. */
  readonly reason: string;
  /** What the kept file lacks, a sentence each. */
  readonly warnings: readonly string[];
  readonly freesBytes: number;
  /** Number of the action that it goes with, for a sidecar or the like; null for a picture. */
  readonly companionOf: number | null;
}
