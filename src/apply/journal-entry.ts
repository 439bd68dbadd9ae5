import type { PlanAction } from '../curation/plan.ts';
import type { ContentHash } from '../domain/picture.ts';
import type { Sidecar } from './write-sidecar.ts';

/** A journal of another version is refused. */
export const JOURNAL_SCHEMA_VERSION = 1;

/** Tells a file from any other one at its path, now and after a crash. */
export interface FileMark {
  /** `st_dev` of the moment; it changes with a reboot. */
  readonly dev: string;
  readonly inode: string;
  readonly sizeBytes: number;
  /** Nanoseconds since 1970. */
  readonly modifiedNs: string;
}

/** What is about to be done to one file: enough to finish it or to take it back, whatever happens in between. */
export interface Step {
  readonly action: PlanAction;
  /** Path of the dropped file. */
  readonly from: string;
  readonly file: FileMark;
  readonly contentHash: ContentHash;
  /** Path of the file that stays. */
  readonly keep: string;
  /** Where it is moved; null where it is not. */
  readonly to: string | null;
  /** What the trash is told of it, and in which file. */
  readonly info: { readonly path: string; readonly text: string } | null;
  /** Where what takes its place is made; null where nothing does. */
  readonly temporary: string | null;
  /** An empty file that has its mode, owner, times and extended attributes; null where they stay with the file. */
  readonly attributes: string | null;
  /** Whether the library listed it; a journal of before does not say. */
  readonly wasListed?: boolean;
}

/** The first line of a journal. */
export interface JournalHeader {
  readonly kind: 'eidetic-journal';
  readonly schemaVersion: number;
  readonly planId: string;
  readonly libraryId: string;
  /** The plan's file, as it was named. */
  readonly plan: string;
  /** ISO 8601. */
  readonly startedAt: string;
}

/** A folder and when it was last changed, nanoseconds since 1970. */
export interface FolderTime {
  readonly path: string;
  readonly modifiedNs: string;
}

/** A further line. What is said to be begun was written down before it was. */
export type JournalEntry =
  /** A folder in which something is about to be changed for the first time. */
  | ({ readonly kind: 'folder' } & FolderTime)
  /** A folder that is about to be made. */
  | { readonly kind: 'made'; readonly path: string }
  /** A sidecar that is about to be written beside a file that stays. */
  | ({ readonly kind: 'sidecar' } & Sidecar)
  | { readonly kind: 'begin'; readonly number: number; readonly step: Step }
  | { readonly kind: 'done'; readonly number: number }
  | { readonly kind: 'left'; readonly number: number; readonly reason: string }
  | { readonly kind: 'undoing'; readonly number: number }
  | { readonly kind: 'undone'; readonly number: number }
  /** What could not be taken back. */
  | { readonly kind: 'stays'; readonly number: number; readonly reason: string }
  /** How folders were left by what was done in them. */
  | { readonly kind: 'settled'; readonly folders: readonly FolderTime[] }
  /** Folders that somebody else has changed: their times are theirs. */
  | { readonly kind: 'foreign'; readonly paths: readonly string[] }
  /** Folders that get their times back, once those that were made are gone. */
  | { readonly kind: 'restoring'; readonly paths: readonly string[] }
  /** All is as it was before. */
  | { readonly kind: 'restored' };
