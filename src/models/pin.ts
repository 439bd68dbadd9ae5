import { basename } from 'node:path/posix';
import type { ModelManifest } from '../domain/model.ts';

/** A file of a published model. */
export interface PinnedFile {
  /** Path in the repository. */
  readonly path: string;
  /** Exact size; null when at most `megabytes` is known. */
  readonly sizeBytes: number | null;
  /** Size as the hub shows it, rounded, in units of 1,000,000 bytes; null when it is not known. */
  readonly megabytes: number | null;
  /** 64 hex digits; null when nobody has told it: the file is then refused unless trusted on first use. */
  readonly sha256: string | null;
}

/** A published model: where it lies, how its files are checked, and what it is. */
export interface ModelPin
  extends Pick<
    ModelManifest,
    'id' | 'title' | 'license' | 'registers' | 'dimensions' | 'dtype' | 'batchSafe'
  > {
  /** On the hub, as `owner/name`. */
  readonly repository: string;
  /** The commit its files were seen at, as published (it may be abbreviated); null when it is not known. */
  readonly commit: string | null;
  /** The ONNX file. */
  readonly weights: PinnedFile;
  /** What the ONNX file refers to. */
  readonly data: readonly PinnedFile[];
  /** The text of a license that has to be accepted; null when the license asks for nothing. */
  readonly licenseText: PinnedFile | null;
  readonly patchSize: number;
  readonly heads: number;
  readonly quality: PublishedQuality | null;
}

/** What the authors measured, with the float weights. */
export interface PublishedQuality {
  /** Percent of ImageNet's validation pictures whose class the nearest training pictures tell. */
  readonly knnTop1: number;
  readonly source: string;
}

/** Name of a pinned file in the model's folder. */
export function localName(file: PinnedFile): string {
  return basename(file.path);
}

/** The files a pinned model cannot do without. */
export function pinnedFiles(pin: ModelPin): PinnedFile[] {
  return [pin.weights, ...pin.data];
}

/** All files that lie in an installed pin's folder beside model.json; a license that sets conditions goes with them. */
export function allFiles(pin: ModelPin): PinnedFile[] {
  return [...pinnedFiles(pin), ...(pin.licenseText === null ? [] : [pin.licenseText])];
}

/**
 * What to ask the hub for. It takes commits at full length only; of an abbreviated one the branch is asked for, and
 * the SHA-256 tells whether it still holds the same file.
 */
export function revisionOf({ commit }: ModelPin): string {
  return commit !== null && /^[0-9a-f]{40}$/.test(commit) ? commit : 'main';
}
