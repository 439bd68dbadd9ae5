/** How many tokens a model gave for a picture of a size, in pixels. */
export interface TokenCount {
  readonly height: number;
  readonly width: number;
  readonly tokens: number;
}

/** How a model's tokens could be made up. */
export interface TokenLayout {
  /** Pixels of a patch's side. */
  readonly patchSize: number;
  /** Tokens beside the patches: CLS and registers. */
  readonly specials: number;
}

/** Patch sides that Vision Transformers have. */
const PATCH_SIDES = [4, 6, 8, 10, 12, 14, 16, 18, 20, 24, 28, 32];

/** CLS and up to 16 registers (DINOv2 and DINOv3 have four). */
const MOST_SPECIALS = 17;

/**
 * Every layout that explains all counts: tokens = specials + (height / patch) x (width / patch).
 * @param counts one or more, each of another size
 */
export function solveLayouts(counts: readonly TokenCount[]): TokenLayout[] {
  const layouts: TokenLayout[] = [];
  for (const patchSize of PATCH_SIDES) {
    const specials = new Set(
      counts.map(
        ({ height, width, tokens }) =>
          tokens - Math.floor(height / patchSize) * Math.floor(width / patchSize),
      ),
    );
    const [only] = specials;
    if (specials.size === 1 && only !== undefined && only >= 0 && only <= MOST_SPECIALS) {
      layouts.push({ patchSize, specials: only });
    }
  }
  return layouts;
}
