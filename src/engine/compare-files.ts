import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { EideticError } from '../domain/errors.ts';
import type { ContentHash, PictureFacts } from '../domain/picture.ts';
import type { PictureLimits } from '../domain/picture-limits.ts';
import { PictureDecoders } from '../imaging/picture-decoders.ts';
import { createPixelHasher } from '../imaging/pixel-hasher.ts';
import { identityOf } from '../indexer/list-folder.ts';
import { spelledOnDisk } from '../indexer/spelled-on-disk.ts';
import { type ComparedPicture, comparePictures, type PictureComparison } from './compare-pictures.ts';
import { drawOverlay } from './draw-overlay.ts';
import { PairVerifier } from './pair-verifier.ts';
import type { ViewedPicture } from './picture-views.ts';
import { readPicture } from './read-picture.ts';

/** A picture file that was compared. */
export interface ComparedFile {
  /** Absolute, as its folder lists it. */
  readonly path: string;
  readonly contentHash: ContentHash;
  readonly facts: PictureFacts;
}

/** Two picture files, and how they relate. */
export interface FileComparison extends PictureComparison {
  readonly files: { readonly a: ComparedFile; readonly b: ComparedFile };
  /** Whether both names lead to the same file: by a link, a mount, or because they are one name. */
  readonly isOneFile: boolean;
  /** A PNG file, where one was asked for; see drawOverlay. */
  readonly overlay: Uint8Array | null;
}

interface OpenedFile extends ComparedFile {
  /** Device and inode. */
  readonly identity: string;
  readonly bytes: Uint8Array;
  readonly view: ViewedPicture;
}

/**
 * Compares two picture files; no library is needed.
 * @throws EideticError what readPicture throws; IMAGE_*, FORMAT_UNSUPPORTED with the path of the file
 */
export async function compareFiles(
  limits: PictureLimits,
  a: string,
  b: string,
  { withOverlay = false }: { readonly withOverlay?: boolean } = {},
): Promise<FileComparison> {
  const decoders = new PictureDecoders({ limits, givesWay: false });
  const hasher = createPixelHasher(decoders);
  const verifier = new PairVerifier(decoders, limits.maxBytes);
  const { signal } = new AbortController();
  const asCompared = ({ contentHash, facts, bytes, view }: OpenedFile): ComparedPicture => ({
    ...{ contentHash, facts },
    pixels: () => hasher.hashBytes(bytes, signal),
    view: async () => view,
  });
  const shown = ({ path, contentHash, facts }: ComparedFile) => ({ path, contentHash, facts });
  try {
    const opened = [a, b].map((path) => openFile(path, verifier, limits));
    const [first, second] = (await Promise.all(opened)) as [OpenedFile, OpenedFile];
    const comparison = await comparePictures(asCompared(first), asCompared(second), verifier);
    const isOneFile = first.identity === second.identity;
    return {
      ...comparison,
      words: isOneFile ? [ONE_FILE] : comparison.words,
      isOneFile,
      files: { a: shown(first), b: shown(second) },
      overlay: withOverlay ? await drawOverlay(decoders, first, second, comparison) : null,
    };
  } finally {
    await verifier.close();
    await hasher.close();
    decoders.close();
  }
}

const ONE_FILE =
  'A and B are one file and no copies of each other: what is done to it under one name is done under both.';

async function openFile(
  named: string,
  verifier: PairVerifier,
  { maxBytes }: PictureLimits,
): Promise<OpenedFile> {
  const path = await spelledOnDisk(resolve(named));
  const bytes = await readPicture(path, maxBytes);
  const identity = identityOf(await stat(path, { bigint: true }));
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  const contentHash = Buffer.from(digest).toString('hex');
  try {
    const { facts, ...view } = await verifier.views.ofBytes(bytes);
    return { path, contentHash, facts, identity, bytes, view };
  } catch (cause) {
    if (cause instanceof EideticError) {
      const { code, message, details } = cause;
      throw new EideticError(code, `${path}: ${message}`, { cause, details });
    }
    throw cause;
  }
}
