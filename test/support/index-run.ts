import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import Database from 'better-sqlite3';
import type { Catalog } from '../../src/domain/catalog.ts';
import type { KnownFile } from '../../src/domain/file-ledger.ts';
import { DEFAULT_PICTURE_LIMITS } from '../../src/domain/picture-limits.ts';
import { type DeviceTable, readDeviceTable } from '../../src/indexer/device-table.ts';
import {
  type IndexParts,
  type IndexProgress,
  type IndexSummary,
  indexFiles,
} from '../../src/indexer/index-files.ts';
import type { IndexRequest } from '../../src/indexer/index-request.ts';
import { sqliteLibraryLock } from '../../src/storage/sqlite-library-lock.ts';
import { collect } from './collect.ts';
import { CountingEmbedder } from './counting-embedder.ts';
import { keptLogger } from './kept-logger.ts';
import { openTestCatalog } from './open-test-catalog.ts';
import { SEEDED_MODEL } from './seeded-picture.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A library and a folder of files to index into it, with an embedder that counts. */
export interface IndexRun {
  /** Where everything lies. */
  readonly folder: string;
  /** The folder to index. */
  readonly root: string;
  readonly catalog: Catalog;
  readonly parts: IndexParts & { readonly embedder: CountingEmbedder };
  readonly logger: ReturnType<typeof keptLogger>;
  /** Writes files, by paths below the folder of everything. */
  write(files: Readonly<Record<string, string>>): void;
  /** Indexes, the root unless other folders or files are named. */
  index(
    request?: Partial<IndexRequest>,
    parts?: Partial<IndexParts>,
    onProgress?: (progress: IndexProgress) => void,
    signal?: AbortSignal,
  ): Promise<IndexSummary>;
  /** Paths that hold a picture, below the folder of everything, ascending. */
  files(): Promise<string[]>;
  /** What the catalog knows of a path below the folder of everything. */
  known(path: string): Promise<KnownFile | null>;
  /** Paths that failed, below the folder of everything, ascending. */
  failures(): Promise<string[]>;
}

/** Makes one for a suite or test, of files by paths below the root. */
export async function indexRun(
  files: Readonly<Record<string, string>> = {},
  { folder = temporaryFolder(), embedder = new CountingEmbedder(), devices = readDeviceTable() } = {},
): Promise<IndexRun> {
  const root = join(folder, 'root');
  const library = join(folder, 'library');
  mkdirSync(root, { recursive: true });
  mkdirSync(library);
  const catalog = await openTestCatalog(join(library, 'catalog.sqlite'));
  for (const { key } of embedder.models) {
    await catalog.models.add(key, SEEDED_MODEL);
  }
  const logger = keptLogger();
  const index = { keepUp: async () => {}, save: async () => {} };
  const parts = {
    files: catalog.files,
    embedder,
    index,
    lock: sqliteLibraryLock(library),
    devices: devices as DeviceTable,
    logger,
    spoolFolder: join(library, 'spool'),
  };
  const modelKeys = embedder.models.map(({ key }) => key);
  const run: IndexRun = {
    ...{ folder, root, catalog, parts, logger },
    write(written) {
      for (const [path, content] of Object.entries(written)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), content);
      }
    },
    index: (request = {}, others = {}, onProgress = () => {}, signal = new AbortController().signal) =>
      indexFiles(
        { ...parts, ...others },
        {
          roots: request.listed === undefined ? [root] : [],
          ...{ listed: [], rules: {}, acceptRules: false, force: false, allowEmpty: false },
          libraryFolder: library,
          uploadsFolder: join(library, 'uploads'),
          limits: DEFAULT_PICTURE_LIMITS,
          ...request,
        },
        onProgress,
        signal,
      ),
    async files() {
      const known = await Promise.all(
        (await catalog.files.roots()).map(({ id }) => collect(catalog.files.knownFiles(id, modelKeys))),
      );
      const listed = await collect(catalog.files.knownListed(modelKeys));
      return [...known.flat(), ...listed]
        .filter(({ indexed }) => indexed !== null)
        .map(({ path }) => relative(folder, path))
        .sort();
    },
    known: (path) => catalog.files.knownFile(join(folder, path), modelKeys),
    async failures() {
      const failures = await collect(catalog.files.failures());
      return failures.map(({ stamp }) => relative(folder, stamp.path)).sort();
    },
  };
  for (const [path, content] of Object.entries(files)) {
    run.write({ [join('root', path)]: content });
  }
  return run;
}

/** As in a library from before device, inode and change time of files were known. */
export function forgetStamps(run: IndexRun): void {
  writeCatalog(run, 'UPDATE files SET device_id = NULL, inode = NULL, changed_ms = NULL');
}

/** As in a library from before roots had rules. */
export function forgetRules(run: IndexRun): void {
  writeCatalog(run, 'UPDATE roots SET rules = NULL');
}

function writeCatalog(run: IndexRun, sql: string): void {
  const database = new Database(join(run.folder, 'library', 'catalog.sqlite'));
  database.exec(sql);
  database.close();
}
