import { readFileSync } from 'node:fs';
import type { DescribedVector, Descriptor, VectorName } from '../src/domain/descriptor.ts';
import { similarity } from '../src/domain/embedding.ts';
import { EideticError } from '../src/domain/errors.ts';
import { DEFAULT_PICTURE_LIMITS } from '../src/domain/picture-limits.ts';
import { findModel } from '../src/embedding/model-store.ts';
import { openOnnxSession } from '../src/embedding/onnx-session.ts';
import { toInputTensor } from '../src/imaging/input-tensor.ts';
import { preparePicture } from '../src/imaging/prepare-picture.ts';
import { decodeShrunk, decodeWhole, losslessCopies } from './sharp-alone.ts';

/** A cosine for each vector that the model gives. */
export type Cosines = Readonly<Record<VectorName, number>>;

/** Cosines of a file's vectors with those of a whole decode by sharp alone. */
export interface Compared {
  readonly file: string;
  readonly program: Cosines;
  /** Of sharp's own shrink-on-load; null when sharp, as strict, refuses the file. */
  readonly sharp: Cosines | null;
  /** The least between any two of the file and the same pixels as PNG and as lossless WebP, each by the program. */
  readonly equalPixels: Cosines;
}

/** A file that cannot be compared, because the program refuses it, or sharp does where the program does not. */
export interface Refused {
  readonly file: string;
  readonly refusedBy: 'program' | 'sharp';
  readonly message: string;
}

/** Loads the bundled model and gives what compares one file at a time. */
export async function startComparing(): Promise<(file: string) => Promise<Compared | Refused>> {
  const { folder, manifest } = await findModel(null, '');
  const session = await openOnnxSession(folder, manifest, 1);
  const recipe = manifest.input;
  const embed = async (input: Float32Array): Promise<Descriptor> => {
    const [descriptor] = await session.embed([input]);
    return descriptor as Descriptor;
  };
  const embedPixels = (data: Uint8Array) =>
    embed(toInputTensor(data, data.length / (recipe.width * recipe.height), recipe));
  const prepare = (bytes: Uint8Array) =>
    preparePicture(bytes, [recipe], DEFAULT_PICTURE_LIMITS).catch((error: unknown) => {
      if (error instanceof EideticError) {
        return error;
      }
      throw error;
    });
  return async (file) => {
    const bytes = new Uint8Array(readFileSync(file));
    const prepared = await prepare(bytes);
    if (prepared instanceof EideticError) {
      return { file, refusedBy: 'program', message: prepared.message };
    }
    const decoded = await decodeWhole(bytes, recipe).catch((error: Error) => error);
    if (decoded instanceof Error) {
      return { file, refusedBy: 'sharp', message: decoded.message };
    }
    const whole = await embedPixels(decoded);
    const own = await embed(prepared.inputs[0] as Float32Array);
    const program = cosines(own, whole);
    const copies: Descriptor[] = [];
    for (const copy of await losslessCopies(bytes)) {
      const { inputs } = await preparePicture(copy, [recipe], DEFAULT_PICTURE_LIMITS);
      copies.push(await embed(inputs[0] as Float32Array));
    }
    const equalPixels = leastBetween([own, ...copies]);
    const shrunk = await decodeShrunk(bytes, /\.jpe?g$/i.test(file), recipe).catch(() => null);
    return {
      file,
      program,
      equalPixels,
      sharp: shrunk === null ? null : cosines(await embedPixels(shrunk), whole),
    };
  };
}

function leastBetween(descriptors: readonly Descriptor[]): Cosines {
  const pairs = descriptors.flatMap((a, i) => descriptors.slice(0, i).map((b) => cosines(a, b)));
  const names = Object.keys(pairs[0] ?? {});
  return Object.fromEntries(names.map((name) => [name, Math.min(...pairs.map((pair) => pair[name] ?? 1))]));
}

function cosines(a: Descriptor, b: Descriptor): Cosines {
  const names = Object.keys(a).filter((name) => name !== 'gem');
  return Object.fromEntries(
    names.map((name) => [
      name,
      similarity((a[name] as DescribedVector).unit, (b[name] as DescribedVector).unit),
    ]),
  );
}
