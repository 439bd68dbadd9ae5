import type { Catalog, IndexedFile } from '../domain/catalog.ts';
import type { DescribedPicture } from '../domain/descriptor.ts';
import type { Embedder } from '../domain/embedder.ts';
import { EideticError, type ErrorCode } from '../domain/errors.ts';
import { type FileFailure, failureOf } from '../domain/failure.ts';
import type { ContentHash, FileStamp, PictureId } from '../domain/picture.ts';
import { ByteBudget } from './byte-budget.ts';
import { type ReadFile, readFile, TransientReadError } from './read-file.ts';

/** What became of one file. */
export type ProcessedFile =
  | {
      readonly kind: 'indexed';
      readonly file: IndexedFile;
      /** The picture that the catalog had already, or null for one that had to be embedded. */
      readonly knownPicture: PictureId | null;
    }
  | { readonly kind: 'failed'; readonly failure: FileFailure };

/** Bytes of picture files in memory at once; one larger file is read alone. */
const BYTES_AT_ONCE = 256 * 1024 * 1024;

export interface FileProcessor {
  /** Reads a file and embeds its picture unless the catalog has it, or another file is at it just now. */
  process(file: FileStamp): Promise<ProcessedFile>;
  /** To be called when processed files were committed: from here on the catalog answers for them. */
  forget(hashes: Iterable<ContentHash>): void;
  /** Pictures that went through the model so far. */
  embedded(): number;
}

export function fileProcessor(
  catalog: Catalog,
  embedder: Embedder,
  options: { readonly force: boolean; readonly maxBytes: number },
): FileProcessor {
  const budget = new ByteBudget(BYTES_AT_ONCE);
  const inProgress = new Map<ContentHash, Promise<DescribedPicture>>();
  let embedded = 0;

  async function describe({ bytes, contentHash }: ReadFile): Promise<DescribedPicture> {
    const other = inProgress.get(contentHash);
    if (other !== undefined) {
      return other;
    }
    const described = embedder.describe(bytes);
    inProgress.set(contentHash, described);
    await described;
    embedded++;
    return described;
  }

  async function index(path: string): Promise<ProcessedFile> {
    const read = await readFile(path, options.maxBytes);
    const { stamp, contentHash } = read;
    const known = await catalog.findByHash(contentHash, embedder.model.key);
    const isKnown = known?.described === true && !options.force;
    try {
      const described = isKnown ? null : await describe(read);
      return {
        kind: 'indexed',
        file: { ...stamp, contentHash, described },
        knownPicture: isKnown ? known.id : null,
      };
    } catch (error) {
      // The stamp of the bytes that failed, so that only other bytes are tried again.
      return { kind: 'failed', failure: failureOf(stamp, asEidetic(error)) };
    }
  }

  return {
    async process(file) {
      try {
        return await budget.spend(file.sizeBytes, () => index(file.path));
      } catch (error) {
        const known = asEidetic(error);
        return { kind: 'failed', failure: failureOf(file, known, known instanceof TransientReadError) };
      }
    },
    forget(hashes) {
      for (const hash of hashes) {
        inProgress.delete(hash);
      }
    },
    embedded: () => embedded,
  };
}

/** Codes that are one picture's own fault; INVALID_INPUT when the model answers it with numbers that are not finite. */
const PICTURE_FAULTS: ReadonlySet<ErrorCode> = new Set([
  'IMAGE_UNREADABLE',
  'IMAGE_TOO_LARGE',
  'FORMAT_UNSUPPORTED',
  'INVALID_INPUT',
]);

/** A picture's own fault is a failure; a missing model or a bug ends the run. */
function asEidetic(error: unknown): EideticError {
  if (error instanceof EideticError && PICTURE_FAULTS.has(error.code)) {
    return error;
  }
  throw error;
}
