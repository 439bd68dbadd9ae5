import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveConfig } from '../src/config/resolve-config.ts';
import type { FileStamp } from '../src/domain/picture.ts';
import { DEFAULT_ROOT_RULES } from '../src/domain/roots.ts';
import { modelKey } from '../src/embedding/model-key.ts';
import type { Library } from '../src/engine/library.ts';
import { openLibrary } from '../src/engine/open-library.ts';
import { readDeviceTable } from '../src/indexer/device-table.ts';
import { scanFolder } from '../src/indexer/scan-folder.ts';
import { SCHEMA_VERSION } from '../src/storage/schema.ts';
import { syntheticHash, syntheticPictures } from '../test/support/synthetic-library.ts';
import { BUNDLED } from './bundled-model.ts';
import { keptFolder } from './kept-folder.ts';

export type Shape = 'one folder' | 'many folders';

/** Of many folders. */
export const FOLDERS = 300;

const BATCH = 2_000;

/** Few, each of many pictures: what is measured looks at no vector, and hours of inserting are saved. */
const VECTORS = 1_000;
const SEED = 1;

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

/** So many small files, no two alike, as those of a camera; made once. */
export function unchangedFiles(count: number, shape: Shape, say: (line: string) => void): Promise<string> {
  return keptFolder(`files-${count}-${shape.replace(' ', '-')}`, async (unfinished) => {
    say(`Making ${count.toLocaleString('en')} files in ${shape}, once…`);
    for (let n = 0; n < count; n++) {
      const name = `IMG_${String(n).padStart(6, '0')}.jpg`;
      const folder = shape === 'one folder' ? unfinished : join(unfinished, folderOf(n, count));
      if (shape === 'many folders' && folderOf(n, count) !== folderOf(n - 1, count)) {
        mkdirSync(folder);
      }
      writeFileSync(join(folder, name), `picture ${n}`);
    }
  });
}

function folderOf(n: number, count: number): string {
  return `day ${String(Math.floor(n / Math.ceil(count / FOLDERS))).padStart(3, '0')}`;
}

/**
 * A library whose catalog knows these files as they are, as after a run over them, but for what only decoding and
 * embedding tell; made once.
 */
export function unchangedLibrary(
  folder: string,
  count: number,
  shape: Shape,
  say: (line: string) => void,
): Promise<string> {
  const name = `unchanged-${count}-${shape.replace(' ', '-')}-version-${SCHEMA_VERSION}-${modelKey(BUNDLED).slice(0, 8)}`;
  return keptFolder(name, async (unfinished) => {
    say('Making the library that knows them, once…');
    const library = await openLibrary(resolveConfig({ library: unfinished }, {}), SILENT, {
      mayCreate: true,
    });
    try {
      await library.catalog.files.putRoot(folder, DEFAULT_ROOT_RULES);
      await commitAll(library, folder);
      await library.spaces.catchUp();
      await library.spaces.save();
    } finally {
      await library.close();
    }
  });
}

async function commitAll({ catalog, spaces }: Library, folder: string): Promise<void> {
  const { model } = spaces.similar;
  const pictures = syntheticPictures(model, VECTORS, SEED);
  const target = {
    path: folder,
    rules: DEFAULT_ROOT_RULES,
    innerRoots: new Set<string>(),
    ownFolders: new Set<string>(),
  };
  const nobody = {
    onListed() {},
    onIgnored() {},
    onSeenAlready() {},
    async onUnlistable() {},
    async onBadName() {},
  };
  let stamps: FileStamp[] = [];
  let done = 0;
  const commit = async () => {
    const files = stamps.map((stamp, i) => {
      const { described } = pictures[(done + i) % VECTORS] as (typeof pictures)[number];
      return { stamp, described, contentHash: syntheticHash(done + i) };
    });
    await catalog.files.commit({ files, failures: [], removed: [] });
    done += stamps.length;
    stamps = [];
  };
  for await (const { stamp } of scanFolder(target, readDeviceTable(), nobody)) {
    if (stamp !== null) {
      stamps.push(stamp);
    }
    if (stamps.length === BATCH) {
      await commit();
    }
  }
  await commit();
}
