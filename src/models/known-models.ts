import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelManifest } from '../domain/model.ts';
import { withLocks } from './model-locks.ts';
import { localName, type ModelPin, type PublishedQuality, pinnedFiles } from './pin.ts';

/** A folder with a model.json, as the store found it. */
export interface FoundModel {
  readonly id: string;
  readonly manifest: ModelManifest | null;
  readonly folder: string;
  readonly isBundled: boolean;
  readonly problem: string | null;
}

/** A model that is installed or could be pulled. */
export interface KnownModel {
  readonly id: string;
  readonly title: string;
  readonly license: string;
  readonly dimensions: number | null;
  readonly patchSize: number | null;
  readonly registers: number | null;
  readonly dtype: ModelManifest['dtype'] | null;
  /** Size of the pictures that it is given unless another is chosen, pixels; null when that is not known. */
  readonly inputSize: { readonly width: number; readonly height: number } | null;
  /** Of the ONNX file; null when nobody has told it. */
  readonly sha256: string | null;
  /** Of all files; null when it is not known exactly. */
  readonly sizeBytes: number | null;
  /** As published, when `sizeBytes` is null; null when that is not known either. */
  readonly megabytes: number | null;
  readonly quality: PublishedQuality | null;
  /** `bundled` came with the program, `published` can be pulled, `added` is the person's own. */
  readonly origin: 'bundled' | 'published' | 'added';
  readonly installed: boolean;
  /** Why an installed model cannot be used, or what is left to do for files that were placed by hand. */
  readonly problem: string | null;
  readonly folder: string;
}

/**
 * All published models and all others that are there: the bundled one, the published ones in the order of the pins,
 * then the person's own.
 */
export async function knownModels(
  pins: readonly ModelPin[],
  found: readonly FoundModel[],
  modelsFolder: string,
): Promise<KnownModel[]> {
  const published = await Promise.all(
    pins.map(async (pin) => {
      const there = found.find(({ id, isBundled }) => id === pin.id && !isBundled);
      const locked = await withLocks(pin, modelsFolder);
      return there === undefined ? absent(locked, modelsFolder) : present(there, locked);
    }),
  );
  const others = found.filter(({ id, isBundled }) => isBundled || !pins.some((pin) => pin.id === id));
  return [
    ...others.filter(({ isBundled }) => isBundled).map((model) => present(model, null)),
    ...published,
    ...others.filter(({ isBundled }) => !isBundled).map((model) => present(model, null)),
  ];
}

function absent(pin: ModelPin, modelsFolder: string): KnownModel {
  const { id, title, license, dimensions, patchSize, registers, dtype, quality, weights } = pin;
  const files = pinnedFiles(pin);
  const isExact = files.every(({ sizeBytes }) => sizeBytes !== null);
  const folder = join(modelsFolder, id);
  const isPlaced = files.every((file) => existsSync(join(folder, localName(file))));
  return {
    id,
    title,
    license,
    dimensions,
    patchSize,
    registers,
    dtype,
    inputSize: null,
    sha256: weights.sha256,
    sizeBytes: isExact ? files.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0) : null,
    megabytes: isExact ? null : weights.megabytes,
    quality,
    origin: 'published',
    installed: false,
    problem: isPlaced
      ? `its files lie in ${folder}; "eidetic models pull ${id}" checks and installs them`
      : null,
    folder,
  };
}

function present(found: FoundModel, pin: ModelPin | null): KnownModel {
  const { id, manifest, folder } = found;
  const problem = found.problem ?? notAsPublished(manifest, pin);
  const origin = found.isBundled ? 'bundled' : pin === null ? 'added' : 'published';
  const state = { id, folder, origin, megabytes: null, installed: problem === null, problem } as const;
  if (manifest === null) {
    const unknown = { dimensions: null, patchSize: null, registers: null, dtype: null, sha256: null };
    const unmeasured = { inputSize: null, sizeBytes: null, quality: null };
    return { ...state, ...unknown, ...unmeasured, title: id, license: 'unknown' };
  }
  const { title, license, dimensions, patchSize, registers, dtype, sha256, data = [] } = manifest;
  const sizeBytes = data.reduce((sum, file) => sum + file.sizeBytes, manifest.sizeBytes);
  const facts = { title, license, dimensions, patchSize, registers, dtype, sha256, sizeBytes };
  const { width, height } = manifest.input;
  return { ...state, ...facts, inputSize: { width, height }, quality: pin?.quality ?? null };
}

function notAsPublished(manifest: ModelManifest | null, pin: ModelPin | null): string | null {
  const published = pin?.weights.sha256 ?? null;
  return manifest === null || published === null || manifest.sha256 === published
    ? null
    : `its SHA-256 is ${manifest.sha256}, published is ${published}: remove it and pull again`;
}
