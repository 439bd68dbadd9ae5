import type { IgnoreReason } from './scan-rules.ts';

/** A name that is not UTF-8, of a file or a folder. */
export interface BadName {
  /** Bytes of its path. */
  readonly rawPath: Uint8Array;
  /** How that looks as text, with U+FFFD in it. */
  readonly shown: string;
  readonly isFolder: boolean;
}

/** Told of what a scan meets besides files; never of two things at once. */
export interface ScanReport {
  onListed(folder: string): void;
  /** @param path as text, which may not tell names that are not UTF-8 apart */
  onIgnored(reason: IgnoreReason, path: string): void;
  /** A folder or file that a link has led to before. */
  onSeenAlready(path: string): void;
  /** A folder whose names nobody knows. */
  onUnlistable(folder: string, problem: string): Promise<void>;
  onBadName(name: BadName): Promise<void>;
}
