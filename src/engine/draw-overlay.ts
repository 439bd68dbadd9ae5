import { agreementTiles } from '../copies/agreement-tiles.ts';
import { unpackView } from '../copies/pack-view.ts';
import type { PictureDecoders } from '../imaging/picture-decoders.ts';
import { svgToPng } from '../imaging/svg-to-png.ts';
import { pngOfPixels } from '../sample/png-of-pixels.ts';
import type { PictureComparison } from './compare-pictures.ts';
import { type OverlaidPicture, overlaySvg } from './overlay-svg.ts';
import type { ViewedPicture } from './picture-views.ts';
import { pixelsAtSize } from './pixels-at-size.ts';

/** Longer side of each picture in the drawing, pixels. */
const MOST_SIDE = 1_200;

/** The drawing's own size is no picture's, and not limited as they are. */
const LIMITS = { maxBytes: 2 ** 30, maxPixels: 2 ** 26, timeoutMs: 60_000 };

/** Equal pictures lie on each other as they are. */
const AS_IT_IS = { xx: 1, xy: 0, x0: 0, yx: 0, yy: 1, y0: 0 };

/** A picture file that was compared. */
interface DrawnPicture {
  readonly bytes: Uint8Array;
  readonly view: ViewedPicture;
}

/**
 * Draws what comparing two pictures told: both side by side, each with the outline of where the other lies on it, and the
 * second laid into the first one's frame, its tiles tinted by whether they agree. Where nothing fits together, both alone.
 * @returns a PNG file
 * @throws EideticError as PictureDecoders.prepare
 */
export async function drawOverlay(
  decoders: PictureDecoders,
  a: DrawnPicture,
  b: DrawnPicture,
  { verification }: PictureComparison,
): Promise<Uint8Array> {
  const isFitted = verification === null || verification.placement !== null;
  const map = isFitted ? (verification?.evidence.map ?? AS_IT_IS) : null;
  const [first, second] = await Promise.all([drawn(decoders, a), drawn(decoders, b)]);
  const laid = map && agreementTiles(unpackView(a.view.view).image, unpackView(b.view.view).image, map);
  return svgToPng(Buffer.from(overlaySvg(first, second, laid)), LIMITS);
}

/** As a PNG file, which librsvg reads; it takes no attribute of more than 10 MB. */
async function drawn(
  decoders: PictureDecoders,
  { bytes, view: { width, height } }: DrawnPicture,
): Promise<OverlaidPicture> {
  const scale = Math.min(1, MOST_SIDE / Math.max(width, height));
  const size = {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
  const { rgb } = await pixelsAtSize(decoders, bytes, size);
  const png = await pngOfPixels(rgb, size.width, size.height);
  return { href: `data:image/png;base64,${png.toString('base64')}`, width, height };
}
