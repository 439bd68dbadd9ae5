import type { InputRecipe } from '../../src/domain/model.ts';
import type { PictureFacts, PictureRegion } from '../../src/domain/picture.ts';
import { DEFAULT_PICTURE_LIMITS } from '../../src/domain/picture-limits.ts';
import { listenToDecoderWarnings } from '../../src/imaging/decoder-warnings.ts';
import { decodingCost } from '../../src/imaging/decoding-cost.ts';
import { checkFile } from '../../src/imaging/picture-checks.ts';
import { PictureDecoders } from '../../src/imaging/picture-decoders.ts';
import { type PreparedPicture, preparePicture } from '../../src/imaging/prepare-picture.ts';
import { UndecidedPicture } from '../../src/imaging/undecided-picture.ts';
import { SQUASH } from './input-recipe.ts';

/** Prepares a picture for one model, where the embedder would have it prepared. */
export async function prepareOne(
  bytes: Uint8Array,
  recipe: InputRecipe = SQUASH,
  limits: Partial<typeof DEFAULT_PICTURE_LIMITS> = {},
): Promise<{ readonly facts: PictureFacts; readonly input: Float32Array }> {
  const {
    facts,
    inputs: [input = new Float32Array()],
  } = await prepareSeveral(bytes, [recipe], { ...DEFAULT_PICTURE_LIMITS, ...limits });
  return { facts, input };
}

/** Likewise for several models. */
export async function prepareSeveral(
  bytes: Uint8Array,
  recipes: readonly InputRecipe[],
  limits = DEFAULT_PICTURE_LIMITS,
  region?: PictureRegion,
): Promise<PreparedPicture> {
  if (decodingCost(bytes, checkFile(bytes, limits)) === 'plain') {
    let warnings = 0;
    listenToDecoderWarnings(() => warnings++);
    try {
      const prepared = await preparePicture(bytes, recipes, limits, region, 'shared');
      if (warnings === 0) {
        return prepared;
      }
    } catch (error) {
      if (!(error instanceof UndecidedPicture)) {
        throw error;
      }
    }
  }
  const { facts, inputs } = await decodersFor(limits).prepare(bytes, recipes, region);
  return { facts, inputs };
}

const decoders = new Map<string, PictureDecoders>();

/** The same processes for the same limits: starting one takes a while. */
function decodersFor(limits: typeof DEFAULT_PICTURE_LIMITS): PictureDecoders {
  const known = decoders.get(JSON.stringify(limits)) ?? new PictureDecoders({ limits, givesWay: false });
  decoders.set(JSON.stringify(limits), known);
  return known;
}
