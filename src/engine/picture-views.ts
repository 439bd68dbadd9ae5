import { type GrayImage, grayOf } from '../copies/gray-image.ts';
import { type PackedView, sizeOfView } from '../copies/pack-view.ts';
import type { PairComparer } from '../copies/pair-comparer.ts';
import { viewSize } from '../copies/picture-view.ts';
import { EideticError } from '../domain/errors.ts';
import type { ContentHash, PictureFacts, PictureRegion } from '../domain/picture.ts';
import type { CatalogPicture } from '../domain/picture-catalog.ts';
import { hasPalette } from '../imaging/has-palette.ts';
import { lumaQuantization } from '../imaging/luma-quantization.ts';
import type { PictureDecoders } from '../imaging/picture-decoders.ts';
import type { DeviceTable } from '../indexer/device-table.ts';
import { OpenFile } from '../indexer/open-file.ts';
import { pixelsAtSize } from './pixels-at-size.ts';
import { RecentValues } from './recent-values.ts';

/** A picture as it is compared, with its size as shown, pixels. */
export interface ViewedPicture {
  readonly view: PackedView;
  readonly width: number;
  readonly height: number;
  /**
   * Its gray, or that of a region of it, where it has so many pixels along its longer side, decoded once more.
   * @throws as it was looked at
   */
  finer(side: number, signal?: AbortSignal, region?: PictureRegion): Promise<GrayImage>;
  /** See lumaQuantization. @throws as it was looked at */
  lumaQuantization(): Promise<Float32Array | null>;
  /** See hasPalette. @throws as it was looked at */
  hasPalette(): Promise<boolean>;
}

/** Bytes of views kept for the next pair: of some 1,300 pictures. Those near each other are compared with the same ones. */
const MOST_KEPT = 300_000_000;

const UNKNOWN_DEVICES: DeviceTable = { identityOf: () => null };

/** Looks at pictures as comparing needs them, and keeps those that were looked at last. */
export class PictureViews {
  readonly #decoders: PictureDecoders;
  readonly #comparer: PairComparer;
  readonly #maxBytes: number;
  readonly #recent = new RecentValues<ContentHash, ViewedPicture>(MOST_KEPT, ({ view }) => sizeOfView(view));

  constructor(decoders: PictureDecoders, comparer: PairComparer, maxBytes: number) {
    this.#decoders = decoders;
    this.#comparer = comparer;
    this.#maxBytes = maxBytes;
  }

  /**
   * Of a picture of the library, from the first of its files that has its bytes.
   * @throws EideticError NOT_FOUND when none has; and as PictureDecoders.prepare
   */
  async ofPicture(picture: CatalogPicture): Promise<ViewedPicture> {
    // Without anybody's signal: others may wait for it as well.
    return this.#recent.get(picture.contentHash, () => this.#look(picture));
  }

  /** Of a picture file at hand, with its facts. @throws as PictureDecoders.prepare */
  async ofBytes(
    bytes: Uint8Array,
    signal?: AbortSignal,
  ): Promise<ViewedPicture & { readonly facts: PictureFacts }> {
    // Its proportions are known once it was decoded.
    const { facts } = await this.#decoders.prepare(bytes, [], undefined, signal);
    return { ...(await this.#viewed(bytes, facts, async () => bytes, signal)), facts };
  }

  async #look(picture: CatalogPicture): Promise<ViewedPicture> {
    const read = () => this.#read(picture);
    return this.#viewed(await read(), picture, read);
  }

  async #read(picture: CatalogPicture): Promise<Uint8Array> {
    for (const { path } of picture.files) {
      const bytes = await this.#readIfSame(path, picture.contentHash);
      if (bytes !== null) {
        return bytes;
      }
    }
    throw new EideticError(
      'NOT_FOUND',
      `No file of picture ${picture.id} holds the bytes that were indexed: all are away, gone or changed; mount the drive or index again.`,
    );
  }

  async #readIfSame(path: string, contentHash: ContentHash): Promise<Uint8Array | null> {
    try {
      const file = await OpenFile.open(path, UNKNOWN_DEVICES);
      try {
        const read = await file.readWhole(this.#maxBytes);
        return read.contentHash === contentHash ? read.bytes : null;
      } finally {
        await file.close();
      }
    } catch {
      return null; // another file may have them
    }
  }

  async #viewed(
    bytes: Uint8Array,
    { width, height }: { readonly width: number; readonly height: number },
    readAgain: () => Promise<Uint8Array>,
    signal?: AbortSignal,
  ): Promise<ViewedPicture> {
    const size = viewSize({ width, height });
    const { rgb } = await pixelsAtSize(this.#decoders, bytes, size, signal);
    const view = await this.#comparer.view(rgb, size.width, size.height);
    const finer = async (side: number, stop?: AbortSignal, region?: PictureRegion) => {
      const whole = viewSize({ width, height }, side);
      const fine = {
        width: Math.round((region?.width ?? 1) * whole.width),
        height: Math.round((region?.height ?? 1) * whole.height),
      };
      const pixels = await pixelsAtSize(this.#decoders, await readAgain(), fine, stop, region);
      return grayOf(pixels.rgb, fine.width, fine.height);
    };
    return {
      ...{ view, width, height, finer },
      lumaQuantization: async () => lumaQuantization(await readAgain()),
      hasPalette: async () => hasPalette(await readAgain()),
    };
  }
}
