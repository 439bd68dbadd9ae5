import { applyAffine, composed, inverted } from '../../src/copies/affine.ts';
import { type FractionMap, inFractions, type PixelSize } from '../../src/copies/fraction-map.ts';
import { normalize } from '../../src/domain/embedding.ts';
import { sizedInput } from '../../src/embedding/input-size.ts';
import type { PictureDecoders } from '../../src/imaging/picture-decoders.ts';
import { BUNDLED } from '../bundled-model.ts';
import { DIHEDRAL_MAPS } from '../dihedral.ts';
import { openModelOutput } from './model-output.ts';
import type { PlacingWay } from './placing-way.ts';
import { mutualNearest } from './token-matches.ts';
import { turnedInputs } from './turned-inputs.ts';
import { voteForPlace } from './vote-for-place.ts';

/** Pixels of the input, and patches along its side. */
const SIDE = 224;
const PATCHES = SIDE / (BUNDLED.patchSize as number);

/** Patches of the original that a match may be off. */
const NEAR = 0.75;

/**
 * Describes the original and the copy in its eight turns and mirrors, matches patch tokens that are nearest to each other,
 * and lets the matches vote for scale, shift and small turn. The turn with most votes has it.
 * @param decoders outlive it
 */
export async function placeByTokens(decoders: PictureDecoders): Promise<PlacingWay> {
  const model = await openModelOutput(BUNDLED.outputs.tokens);
  const recipe = sizedInput(BUNDLED, SIDE);
  const inputOf = async (bytes: Uint8Array) =>
    (await decoders.prepare(bytes, [recipe], undefined)).inputs[0] as Float32Array;
  const patchesOf = async (input: Float32Array) => patchTokens(await model.of(input, SIDE));
  return {
    name: 'patch tokens',
    async place(copy, original, looked) {
      const ofOriginal = await patchesOf(await inputOf(original.bytes));
      const near = { width: (NEAR * original.width) / PATCHES, height: (NEAR * original.height) / PATCHES };
      const turned: Float32Array[] = [];
      for (const input of turnedInputs(await inputOf(copy.bytes), SIDE)) {
        turned.push(await patchesOf(input));
      }
      looked();
      let best: FractionMap | null = null;
      let mostVotes = 0;
      for (const [i, ofTurned] of turned.entries()) {
        const turn = DIHEDRAL_MAPS[i] as FractionMap;
        const size = turn.xx === 0 ? { width: copy.height, height: copy.width } : copy;
        const matches = mutualNearest(ofTurned, ofOriginal, BUNDLED.dimensions);
        const pairs = matches.map(({ a, b }) => ({ from: centerOf(a, size), to: centerOf(b, original) }));
        const place = voteForPlace(pairs, near);
        if (place !== null && place.votes > mostVotes) {
          mostVotes = place.votes;
          best = composed(inverted(turn), inFractions(place.affine, size, original));
        }
      }
      return best;
    },
    close: () => model.close(),
  };
}

/** Of unit length, less what all of a picture's have in common. */
function patchTokens(tokens: Float32Array): Float32Array {
  const { dimensions, registers } = BUNDLED;
  const patches = tokens.slice((1 + registers) * dimensions);
  const count = patches.length / dimensions;
  const mean = new Float64Array(dimensions);
  for (let i = 0; i < patches.length; i++) {
    mean[i % dimensions] = (mean[i % dimensions] as number) + (patches[i] as number) / count;
  }
  const centered = patches.map((value, i) => value - (mean[i % dimensions] as number));
  for (let at = 0; at < centered.length; at += dimensions) {
    centered.set(normalize(centered.subarray(at, at + dimensions)).unit, at);
  }
  return centered;
}

/** Of a patch in a picture of that size, pixels by their centers. */
function centerOf(patch: number, { width, height }: PixelSize): { x: number; y: number } {
  const inUnit = { x: ((patch % PATCHES) + 0.5) / PATCHES, y: (Math.floor(patch / PATCHES) + 0.5) / PATCHES };
  return applyAffine({ xx: width, xy: 0, x0: -0.5, yx: 0, yy: height, y0: -0.5 }, inUnit);
}
