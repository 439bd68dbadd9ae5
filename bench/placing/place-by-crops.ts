import { composed, inverted } from '../../src/copies/affine.ts';
import type { FractionMap } from '../../src/copies/fraction-map.ts';
import { type Embedding, similarity, toEmbedding } from '../../src/domain/embedding.ts';
import { sizedInput } from '../../src/embedding/input-size.ts';
import type { PictureDecoders } from '../../src/imaging/picture-decoders.ts';
import { BUNDLED } from '../bundled-model.ts';
import { DIHEDRAL_MAPS } from '../dihedral.ts';
import { openModelOutput } from './model-output.ts';
import type { PlacingWay } from './placing-way.ts';
import { turnedInputs } from './turned-inputs.ts';

/** Pixels of the model's input. */
const SIDE = BUNDLED.input.width;

/**
 * Pixels that a side of the whole original has where a crop of {@link SIDE} is cut from it, and of the crops' steps: crops keep
 * all of each side, three quarters, and half, and move by eighths of the whole.
 */
const SCALES = [
  { whole: SIDE, step: SIDE },
  { whole: (SIDE * 4) / 3, step: SIDE / 6 },
  { whole: SIDE * 2, step: SIDE / 4 },
];

/**
 * Describes crops of the original, and the copy in its eight turns and mirrors, by the bundled model's `copy`; the crop and
 * the turn that are nearest to each other are the place.
 * @param decoders outlive it
 */
export async function placeByCrops(decoders: PictureDecoders): Promise<PlacingWay> {
  const model = await openModelOutput('copy');
  const recipes = SCALES.map(({ whole }) => sizedInput(BUNDLED, whole));
  return {
    name: 'crops described',
    async place(copy, original, looked) {
      const ofCopy = await decoders.prepare(copy.bytes, [BUNDLED.input], undefined);
      const ofOriginal = await decoders.prepare(original.bytes, recipes, undefined);
      const turned: Embedding[] = [];
      for (const input of turnedInputs(ofCopy.inputs[0] as Float32Array, SIDE)) {
        turned.push(toEmbedding(await model.of(input, SIDE)));
      }
      const crops: Array<{ readonly vector: Embedding; readonly map: FractionMap }> = [];
      for (const { input, map } of cropsOf(ofOriginal.inputs)) {
        crops.push({ vector: toEmbedding(await model.of(input, SIDE)), map });
      }
      looked();
      let best: FractionMap | null = null;
      let nearest = Number.NEGATIVE_INFINITY;
      for (const { vector, map } of crops) {
        for (const [variant, ofTurned] of turned.entries()) {
          const cosine = similarity(vector, ofTurned);
          if (cosine > nearest) {
            nearest = cosine;
            best = composed(inverted(DIHEDRAL_MAPS[variant] as FractionMap), map);
          }
        }
      }
      return best;
    },
    close: () => model.close(),
  };
}

interface Crop {
  readonly input: Float32Array;
  /** From the crop to the whole. */
  readonly map: FractionMap;
}

/** @param wholes the original at each of the scales */
function* cropsOf(wholes: readonly Float32Array[]): Generator<Crop> {
  for (const [i, { whole, step }] of SCALES.entries()) {
    for (let top = 0; top + SIDE <= whole; top += step) {
      for (let left = 0; left + SIDE <= whole; left += step) {
        const map = {
          ...{ xx: SIDE / whole, xy: 0, x0: left / whole },
          ...{ yx: 0, yy: SIDE / whole, y0: top / whole },
        };
        yield { input: cutOut(wholes[i] as Float32Array, whole, left, top), map };
      }
    }
  }
}

function cutOut(input: Float32Array, whole: number, left: number, top: number): Float32Array {
  const cut = new Float32Array(3 * SIDE * SIDE);
  for (let row = 0; row < 3 * SIDE; row++) {
    const channel = Math.floor(row / SIDE);
    const from = (channel * whole + top + (row % SIDE)) * whole + left;
    cut.set(input.subarray(from, from + SIDE), row * SIDE);
  }
  return cut;
}
