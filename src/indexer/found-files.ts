import type { FileStamp } from '../domain/picture.ts';
import type { DeviceTable } from './device-table.ts';
import { stampOf } from './file-stamp.ts';
import { unpackLook } from './packed-looks.ts';

/** A regular file. */
export interface SeenFile {
  readonly path: string;
  readonly stamp: FileStamp;
}

/** A regular file, or a name in a folder that nobody could look at. */
export type FoundFile = SeenFile | { readonly path: string; readonly stamp: null; readonly problem: string };

/**
 * Regular files of one folder, ascending by path, as they were looked at: nearly all files of a library are unchanged,
 * and to tell that takes no object for each.
 */
export interface FoundRun {
  /** Path of the folder, with a separator at its end. */
  readonly before: string;
  readonly names: readonly string[];
  /** See packLook; there is a look at a file for each name from `from` on, before `to`. */
  readonly packed: Float64Array;
  readonly from: number;
  readonly to: number;
}

export function isRun(found: object): found is FoundRun {
  return 'packed' in found;
}

/** @param at from `from` on, before `to` */
export function fileOfRun({ before, names, packed }: FoundRun, at: number, devices: DeviceTable): SeenFile {
  const path = before + names[at];
  const look = unpackLook(packed, at);
  if (look === null) {
    throw new Error(`there is no look at ${path} in its run`);
  }
  return { path, stamp: stampOf(path, look, devices) };
}
