import { statfs } from 'node:fs/promises';
import type { CatalogCounts } from '../domain/picture-catalog.ts';
import type { CountedCatalog } from './counted-catalog.ts';
import type { Library } from './library.ts';

/** A model that a library has descriptions by. */
export interface DescribedModel {
  /** Hash of its weights and input recipe. */
  readonly key: string;
  readonly id: string;
  readonly title: string;
  /** Pixels of what a picture is shrunk to before the model sees it. */
  readonly inputWidth: number;
  readonly inputHeight: number;
  /** Whether searches use it; another one belongs to a reindex that goes on, or to the time before one. */
  readonly isInUse: boolean;
  /** Pictures that it has described. */
  readonly pictures: number;
}

/** What a library holds, and where it lies. */
export interface LibraryDescription extends Omit<CatalogCounts, 'described'> {
  /** Absolute. */
  readonly path: string;
  readonly isReadOnly: boolean;
  /** Bytes left for the library where it lies; null when the system does not say. */
  readonly freeBytes: number | null;
  readonly models: readonly DescribedModel[];
}

/** Describes a library as a whole; counting takes seconds for a million pictures. */
export async function describeLibrary(
  { catalog, config, modelKeys }: Pick<Library, 'catalog' | 'config' | 'modelKeys'>,
  counted: CountedCatalog,
): Promise<LibraryDescription> {
  const { described, ...counts } = await counted.counts();
  const models = (await catalog.models.models()).map(({ key, manifest }) => ({
    ...{ key, id: manifest.id, title: manifest.title },
    ...{ inputWidth: manifest.input.width, inputHeight: manifest.input.height },
    isInUse: modelKeys.includes(key),
    pictures: described[key] ?? 0,
  }));
  return {
    ...counts,
    ...{ path: config.library, isReadOnly: catalog.isReadOnly, models },
    freeBytes: await freeBytesOf(config.library),
  };
}

async function freeBytesOf(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}
