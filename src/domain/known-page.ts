import type { KnownFile } from './file-ledger.ts';

/** Numbers of one file in a page. */
export const NUMBERS_OF_KNOWN = 6;

/** Where each of them stands, from the first on. `device` is a place in the page's list of devices, or -1. */
export const KNOWN = {
  sizeBytes: 0,
  modifiedMs: 1,
  changedMs: 2,
  inode: 3,
  device: 4,
  pictureId: 5,
} as const;

/**
 * What is known of many paths, ascending, in columns: nearly all files of a library are unchanged, and to tell that
 * takes no object for each.
 */
export interface KnownPage {
  /** With which all paths begin, up to a separator. */
  readonly before: string;
  /** The rest of each path; '' for the folder itself that they are below. */
  readonly names: readonly string[];
  /**
   * Of each path that holds an indexed file with descriptors of all models, no failure, and a stamp that can be said
   * in such numbers; NaN in the place of an inode that is not known, and for all else of the others.
   */
  readonly numbers: Float64Array;
  readonly devices: readonly string[];
  /** The others, by their place. */
  readonly others: ReadonlyMap<number, KnownFile>;
}

export const EMPTY_PAGE: KnownPage = {
  ...{ before: '', names: [], numbers: new Float64Array(), devices: [], others: new Map() },
};

export function knownFileAt(page: KnownPage, at: number): KnownFile {
  const other = page.others.get(at);
  if (other !== undefined) {
    return other;
  }
  const value = (column: number) => page.numbers[at * NUMBERS_OF_KNOWN + column] as number;
  const inode = value(KNOWN.inode);
  const path = page.before + page.names[at];
  const stamp = {
    path,
    sizeBytes: value(KNOWN.sizeBytes),
    modifiedMs: value(KNOWN.modifiedMs),
    changedMs: value(KNOWN.changedMs),
    inode: Number.isNaN(inode) ? null : String(inode),
    device: page.devices[value(KNOWN.device)] ?? null,
  };
  return {
    path,
    indexed: { stamp, pictureId: value(KNOWN.pictureId), isDescribed: true },
    failure: null,
  };
}

export function pageOfOne(file: KnownFile): KnownPage {
  const numbers = new Float64Array(NUMBERS_OF_KNOWN).fill(Number.NaN);
  return { before: '', names: [file.path], numbers, devices: [], others: new Map([[0, file]]) };
}
