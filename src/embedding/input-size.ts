import { EideticError } from '../domain/errors.ts';
import type { InputRecipe, ModelManifest } from '../domain/model.ts';

/** Below it nothing of a picture is left, and convolutions have nothing to work on. */
const LEAST_SIDE = 32;

/**
 * Patches along a side. Attention's memory grows with their fourth power: the bundled model takes 0.1 GB a thread at
 * 14 patches (224 pixels), 0.3 at 48 and 0.8 at 64; one of twelve heads, four times as much.
 */
const MOST_PATCHES_A_SIDE = 48;

/**
 * The recipe of a model at another, square size.
 * @param side pixels
 * @throws EideticError INVALID_INPUT when the model takes no such size, with the nearest that it takes
 */
export function sizedInput(manifest: ModelManifest, side: number): InputRecipe {
  const { id, input } = manifest;
  if (isSquareOf(input, side)) {
    return input;
  }
  if (!input.dynamic) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found the input size ${side} for ${id}, whose ONNX file takes pictures of ${input.width} x ${input.height} pixels only; leave --input-size out, or choose another model.`,
    );
  }
  const nearest = nearestSides(manifest, side);
  if (!nearest.includes(side)) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found the input size ${side} for ${id}, expected a multiple of ${input.multipleOf} from ${leastSide(manifest)} to ${mostSide(manifest)} pixels, such as ${nearest.join(' or ')}.`,
    );
  }
  // Before a crop the shorter side stays as much larger than what is cut out as it was.
  const resizeTo =
    input.resize === 'squash'
      ? side
      : Math.round((input.resizeTo * side) / Math.max(input.height, input.width));
  return { ...input, height: side, width: side, resizeTo };
}

/** Whether a model takes pictures of that size, which may be its own. */
export function takesSize(manifest: ModelManifest, { height, width }: InputRecipe): boolean {
  const { input } = manifest;
  return (
    (height === input.height && width === input.width) ||
    (height === width && input.dynamic && nearestSides(manifest, height).includes(height))
  );
}

/** Whether pictures become squares of that side, in pixels. */
export function isSquareOf({ height, width }: InputRecipe, side: number): boolean {
  return height === side && width === side;
}

/** The side itself where the model takes it; else the next below and above, as far as there are such. */
function nearestSides(manifest: ModelManifest, side: number): number[] {
  const { multipleOf } = manifest.input;
  const within = (value: number) => Math.min(Math.max(value, leastSide(manifest)), mostSide(manifest));
  return [
    ...new Set(
      [Math.floor(side / multipleOf), Math.ceil(side / multipleOf)].map((n) => within(n * multipleOf)),
    ),
  ];
}

function leastSide({ input: { multipleOf } }: ModelManifest): number {
  return Math.ceil(LEAST_SIDE / multipleOf) * multipleOf;
}

function mostSide({ input: { multipleOf }, patchSize }: ModelManifest): number {
  const most = MOST_PATCHES_A_SIDE * (patchSize ?? 16);
  return Math.max(1, Math.floor(most / multipleOf)) * multipleOf;
}
