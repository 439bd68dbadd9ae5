import { createHash } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { translateDiskError } from '../domain/disk-error.ts';
import { nothingVerified, type VerifiedSoFar } from '../verify/verified-so-far.ts';
import { keepJson } from './keep-json.ts';
import type { Library } from './library.ts';

const FOLDER = 'verifications';

/** Raised when what is kept means something else. */
const FORM = 1;

/** Where a library keeps how far a run has come that was stopped: a cache, one file for each choice of folders. */
export class VerificationFile {
  readonly #folder: string;
  readonly #path: string;
  readonly #stamp: { readonly form: number; readonly libraryId: string; readonly places: readonly string[] };

  /** @param places see VerifyRequest */
  constructor({ config, catalog }: Pick<Library, 'config' | 'catalog'>, places: readonly string[] | null) {
    const sorted = [...(places ?? [])].sort();
    const name = createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 16);
    this.#folder = join(config.library, FOLDER);
    this.#path = join(this.#folder, `${name}.json`);
    this.#stamp = { form: FORM, libraryId: catalog.libraryId, places: sorted };
  }

  /** What was kept; nothing when there is none, when it cannot be read, or is another library's. */
  async read(): Promise<VerifiedSoFar> {
    try {
      const { soFar, ...stamp } = JSON.parse(await readFile(this.#path, 'utf8')) as { soFar: unknown };
      const isOurs = JSON.stringify(stamp) === JSON.stringify(this.#stamp);
      return isOurs && isWhole(soFar) ? soFar : nothingVerified();
    } catch {
      return nothingVerified(); // a cache: files are read again
    }
  }

  /** @throws EideticError READ_ONLY, STORAGE_FULL, CATALOG_BUSY */
  async keep(soFar: VerifiedSoFar): Promise<void> {
    await mkdir(this.#folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') {
        throw translateDiskError(error, `The folder ${this.#folder} cannot be made`);
      }
    });
    await keepJson(this.#path, { ...this.#stamp, soFar }, 'How far the run has come');
  }

  /** When a run has come to its end. */
  async forget(): Promise<void> {
    await rm(this.#path, { force: true });
  }
}

function isWhole(value: unknown): value is VerifiedSoFar {
  const soFar = value as Partial<VerifiedSoFar> | null;
  return (
    typeof soFar?.beganAt === 'string' &&
    (soFar.behind === null || typeof soFar.behind === 'string') &&
    Array.isArray(soFar.again) &&
    [soFar.sound, soFar.outdated, soFar.bytes, soFar.away?.files].every(Number.isSafeInteger) &&
    Array.isArray(soFar.away?.places)
  );
}
