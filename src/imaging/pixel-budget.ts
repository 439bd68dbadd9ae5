/** Pixels that may be in decoding at once in one thread: 256 MB when all have four channels. */
const BUDGET_PIXELS = 64_000_000;

const waiting: { readonly pixels: number; readonly start: () => void }[] = [];
let pixelsInWork = 0;

/**
 * Runs `work` once its picture fits beside those in decoding, first come first served; a picture above the budget
 * waits until it is alone. So one thread holds 64 megapixels at most, or one larger picture: 4 bytes for a pixel,
 * 8 while it is turned upright or comes from HEIC, which is 2.1 GB for the largest picture of the default limits.
 * A process holds that as often as it has threads that decode.
 * @param pixels width x height of the picture
 */
export async function withinPixelBudget<T>(pixels: number, work: () => Promise<T>): Promise<T> {
  await new Promise<void>((start) => {
    waiting.push({ pixels, start });
    startWaiting();
  });
  try {
    return await work();
  } finally {
    pixelsInWork -= pixels;
    startWaiting();
  }
}

function startWaiting(): void {
  for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
    if (pixelsInWork > 0 && pixelsInWork + next.pixels > BUDGET_PIXELS) {
      return;
    }
    waiting.shift();
    pixelsInWork += next.pixels;
    next.start();
  }
}
