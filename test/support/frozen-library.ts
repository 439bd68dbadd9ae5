import { cp, mkdir, readFile, realpath, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';

/** Seen from the folder that this is compiled into (dist/test/support). */
const FIXTURES = fileURLToPath(new URL('../../../test/fixtures/', import.meta.url));

/** Version of a frozen library's catalog. */
export type FrozenVersion = 1 | 2;

/** A copy of a library that an older program wrote; nothing of today's program has touched it. */
export interface FrozenLibrary {
  /** The library's folder. */
  readonly library: string;
  /** The folder that holds it, with its pictures in `pictures` and its second model, if it has one, in `models`. */
  readonly base: string;
  readonly expected: FrozenAnswers;
}

/** What the program that wrote a library answered, as its `--json` printed it. */
export interface FrozenAnswers {
  /** `search --id ID --limit 20`, and `--model MODEL` where it is not null. */
  readonly searches: ReadonlyArray<{
    readonly id: number;
    readonly model: string | null;
    readonly hits: ReadonlyArray<{
      readonly id: number;
      readonly similarity: number;
      readonly files: readonly string[];
    }>;
  }>;
  readonly stats: {
    readonly pictures: number;
    readonly files: number;
    readonly failures: number;
    readonly bytes: number;
    readonly library: string;
    readonly generation: number;
    readonly roots: readonly string[];
    readonly models: ReadonlyArray<{
      readonly id: string;
      readonly key: string;
      readonly active: boolean;
      readonly dimensions: number;
      readonly pictures: number;
    }>;
  };
  readonly failures: readonly FrozenFailure[];
  readonly duplicates: {
    readonly groups: ReadonlyArray<{
      readonly relation: string;
      readonly pictures: ReadonlyArray<{ readonly id: number; readonly files: readonly string[] }>;
    }>;
    readonly pairs: ReadonlyArray<{
      readonly a: number;
      readonly b: number;
      readonly similarity: number;
      readonly relation: string;
    }>;
  };
  /** Every file of the catalog that is on disk; paths are relative to the base. */
  readonly files: readonly FrozenFile[];
}

interface FrozenFile {
  readonly path: string;
  readonly modifiedMs: number;
  readonly sizeBytes: number;
}

interface FrozenFailure extends FrozenFile {
  readonly code: string;
  readonly message: string;
  /** ISO 8601. */
  readonly failedAt: string;
  readonly transient: boolean;
}

/**
 * Copies a frozen library into a folder, with its pictures where its catalog says they are: to the old program they
 * would all be unchanged. Only paths and times are rewritten, past the program; the schema stays.
 * @param folder made if it is not there; becomes the base
 */
export async function thawLibrary(version: FrozenVersion, folder: string): Promise<FrozenLibrary> {
  const frozen = join(FIXTURES, `library-version-${version}`);
  await mkdir(folder, { recursive: true });
  const base = await realpath(folder);
  const library = join(base, 'library');
  for (const part of ['catalog.sqlite', 'indexes', 'uploads']) {
    await cp(join(frozen, part), join(library, part), { recursive: true });
  }
  await cp(join(frozen, 'pictures'), join(base, 'pictures'), { recursive: true });
  if (version === 2) {
    await cp(join(frozen, 'models'), join(base, 'models'), { recursive: true });
  }
  const text = await readFile(join(frozen, 'expected.json'), 'utf8');
  const { base: former } = JSON.parse(text) as { base: string };
  const answers = JSON.parse(text.replaceAll(former, JSON.stringify(base).slice(1, -1))) as FrozenAnswers;
  const times = await setTimes(base, answers.files);
  rewriteCatalog(join(library, 'catalog.sqlite'), { version, former, base, times });
  return { library, base, expected: withTimes(answers, base, times) };
}

/**
 * Sets the files' modification times as nearly as the system does: it takes them as seconds in a float.
 * @returns by absolute path what a scan will find, milliseconds
 */
async function setTimes(base: string, files: readonly FrozenFile[]): Promise<Map<string, number>> {
  const times = new Map<string, number>();
  for (const file of files) {
    const path = join(base, file.path);
    await utimes(path, file.modifiedMs / 1_000, file.modifiedMs / 1_000);
    times.set(path, (await stat(path)).mtimeMs);
  }
  return times;
}

interface Rewriting {
  readonly version: FrozenVersion;
  readonly former: string;
  readonly base: string;
  readonly times: ReadonlyMap<string, number>;
}

function rewriteCatalog(catalogFile: string, { version, former, base, times }: Rewriting): void {
  const database = new Database(catalogFile);
  try {
    database.transaction(() => {
      const moved = (column: string) => `${column} = @base || substr(${column}, length(@former) + 1)`;
      database.prepare(`UPDATE files SET ${moved('path')}`).run({ base, former });
      database.prepare(`UPDATE roots SET ${moved('path')}`).run({ base, former });
      if (version === 2) {
        database.prepare(`UPDATE state SET ${moved('uploads_folder')}`).run({ base, former });
      }
      const setTime = database.prepare('UPDATE files SET modified_ms = ? WHERE path = ?');
      for (const [path, modifiedMs] of times) {
        setTime.run(modifiedMs, path);
      }
    })();
  } finally {
    database.close();
  }
}

function withTimes(answers: FrozenAnswers, base: string, times: ReadonlyMap<string, number>): FrozenAnswers {
  const timed = <File extends FrozenFile>(file: File, path: string): File => ({
    ...file,
    modifiedMs: times.get(path) ?? file.modifiedMs,
  });
  return {
    ...answers,
    failures: answers.failures.map((failure) => timed(failure, failure.path)),
    files: answers.files.map((file) => timed(file, join(base, file.path))),
  };
}
