import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { resolveConfig } from '../src/config/resolve-config.ts';
import type { DescribedPicture } from '../src/domain/descriptor.ts';
import type { IndexedFile } from '../src/domain/file-ledger.ts';
import type { PictureFacts } from '../src/domain/picture.ts';
import { DEFAULT_ROOT_RULES } from '../src/domain/roots.ts';
import type { Space } from '../src/domain/space.ts';
import type { LibrarySpaces } from '../src/engine/library-spaces.ts';
import { openLibrary } from '../src/engine/open-library.ts';
import { clusteredVector } from './clustered-vectors.ts';

/** What is equal: the pixels of pictures, their image data, or all bytes: one picture in many files. */
export type EqualKind = 'pixels' | 'image data' | 'bytes';

const SIDE = 16;
const BATCH = 1_000;
const SEED = 7;
/** As the catalog has it: a report counts no file that has changed. */
const MODIFIED_S = 1;
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * Makes a library of files that are all equal in one way: real PNG files on disk, and one vector for all in the
 * catalog, without asking the model for each.
 * @param folder empty; gets `pictures` and `library`
 * @returns the folder of the library
 */
export async function makeEqualLibrary(folder: string, kind: EqualKind, count: number): Promise<string> {
  const pictures = join(realpathSync(folder), 'pictures');
  mkdirSync(pictures);
  const png = await sharp({ create: { width: SIDE, height: SIDE, channels: 3, background: '#808080' } })
    .png()
    .toBuffer();
  const library = join(folder, 'library');
  const opened = await openLibrary(resolveConfig({ library }, {}), SILENT, { mayCreate: true });
  try {
    const { catalog, spaces } = opened;
    await catalog.files.putRoot(pictures, DEFAULT_ROOT_RULES);
    const descriptors = equalDescriptors(spaces);
    for (let start = 0; start < count; start += BATCH) {
      const files = Array.from({ length: Math.min(BATCH, count - start) }, (_, i) => {
        const n = start + i;
        const bytes = kind === 'bytes' ? png : withChunk(png, String(n));
        const path = join(pictures, `${String(n).padStart(6, '0')}.png`);
        writeFileSync(path, bytes);
        utimesSync(path, MODIFIED_S, MODIFIED_S);
        const imageData = kind === 'image data' ? 'the same' : `of its own ${n}`;
        return fileOf(path, bytes, sha256(imageData), descriptors);
      });
      await catalog.files.commit({ files, failures: [], removed: [] });
    }
    await opened.spaces.catchUp();
    await opened.spaces.save();
  } finally {
    await opened.close();
  }
  return library;
}

/** What every picture is in every space. */
function equalDescriptors({ all, similar }: LibrarySpaces): DescribedPicture['descriptors'] {
  const vectorOf = ({ dimensions }: Space) => ({ unit: clusteredVector(0, dimensions, SEED), norm: null });
  const cls = vectorOf(similar.space);
  const further = all.map(({ space }) => [space.from, vectorOf(space)]);
  return { [similar.space.modelKey]: { cls, gem: cls, ...Object.fromEntries(further) } };
}

function fileOf(
  path: string,
  bytes: Uint8Array,
  imageDataHash: string,
  descriptors: DescribedPicture['descriptors'],
): IndexedFile {
  const facts: PictureFacts = {
    ...{ format: 'png', width: SIDE, height: SIDE, pages: 1, bitDepth: 8, pixelHash: null, imageDataHash },
    ...{ takenAt: null, camera: null, latitude: null, longitude: null },
  };
  return {
    stamp: {
      path,
      sizeBytes: bytes.length,
      modifiedMs: MODIFIED_S * 1_000,
      changedMs: null,
      inode: null,
      device: null,
    },
    contentHash: sha256(bytes),
    described: { facts, descriptors },
  };
}

/** The same PNG with a private chunk more, before its end. */
function withChunk(png: Buffer, text: string): Buffer {
  const END_LENGTH = 12;
  const body = Buffer.from(`prVt${text}`, 'latin1');
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(text.length);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return Buffer.concat([png.subarray(0, -END_LENGTH), chunk, png.subarray(-END_LENGTH)]);
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
