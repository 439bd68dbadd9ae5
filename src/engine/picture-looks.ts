import { grayOf } from '../copies/gray-image.ts';
import type { Device } from '../domain/device.ts';
import type { Embedder } from '../domain/embedder.ts';
import type { Embedding } from '../domain/embedding.ts';
import type { InstalledModel } from '../domain/model.ts';
import type { PictureRegion } from '../domain/picture.ts';
import type { PictureLimits } from '../domain/picture-limits.ts';
import { type SpaceDefinition, vectorIn } from '../domain/space.ts';
import { startOnnxEmbedder } from '../embedding/onnx-embedder.ts';
import type { Contender } from '../evaluation/contender.ts';
import { GRAY_SIDE, type GrayPicture } from '../evaluation/gray-picture.ts';
import { HASH_BITS, hashEmbedding, perceptualHash } from '../evaluation/perceptual-hash.ts';
import { PictureDecoders } from '../imaging/picture-decoders.ts';
import { type SpaceChoice, spacesOf } from './evaluated-models.ts';
import { pixelsAtSize } from './pixels-at-size.ts';

/** A picture as contenders and the measure of near-duplicates see it. */
export interface PictureLook {
  /** In the order of the contenders. */
  readonly vectors: readonly Embedding[];
  /** Null when nobody wanted it. */
  readonly gray: GrayPicture | null;
  /** Of the whole picture, upright, pixels. */
  readonly width: number;
  readonly height: number;
}

/** What an evaluation looks at pictures with. */
export interface LookSettings {
  /** Each of another key. */
  readonly models: readonly InstalledModel[];
  readonly space: SpaceChoice;
  /** Whether a perceptual hash takes part. */
  readonly withHash: boolean;
  readonly device: Device;
  readonly limits: PictureLimits;
}

/** Looks at pictures, in worker threads and processes; to be closed. */
export class PictureLooks {
  readonly contenders: readonly Contender[];
  readonly #embedder: Embedder;
  readonly #decoders: PictureDecoders;
  readonly #spaces: readonly SpaceDefinition[];
  readonly #withHash: boolean;

  /** @throws EideticError INVALID_INPUT when a model lacks the space */
  constructor({ models, space, withHash, device, limits }: LookSettings) {
    const spaces = models.flatMap((model) =>
      spacesOf(model, space).map((definition) => ({ model, definition })),
    );
    this.contenders = [
      ...spaces.map(({ model, definition }) => ({
        model: model.manifest.id,
        modelKey: model.key,
        inputSize: model.manifest.input.width,
        space: definition.id,
        dimensions: definition.dimensions,
      })),
      ...(withHash ? [PERCEPTUAL_HASH] : []),
    ];
    this.#spaces = spaces.map(({ definition }) => definition);
    this.#withHash = withHash;
    this.#decoders = new PictureDecoders({ limits, givesWay: false });
    this.#embedder = startOnnxEmbedder(models, limits, { device, decoders: this.#decoders });
  }

  /** How many pictures it can work on at once. */
  get parallelism(): number {
    return this.#embedder.parallelism;
  }

  /** See Embedder.judgeFile. */
  readonly judgeFile: Embedder['judgeFile'] = (start) => this.#embedder.judgeFile(start);

  /**
   * @param bytes a whole picture file; not to be used afterwards
   * @param withGray whether its gray is wanted; a hash takes it anyhow
   * @param region the part to look at; none means the whole picture
   * @throws as Embedder.describe
   */
  async look(
    bytes: Uint8Array,
    withGray: boolean,
    signal: AbortSignal,
    region?: PictureRegion,
  ): Promise<PictureLook> {
    const gray = withGray || this.#withHash ? await this.#gray(bytes, signal, region) : null;
    const described = await this.#embedder.describe(bytes, region, signal);
    const vectors = this.#spaces.map((space) => vectorIn(space, described));
    const hashed = this.#withHash && gray !== null ? [hashEmbedding(perceptualHash(gray))] : [];
    const { width, height } = described.facts;
    return { vectors: [...vectors, ...hashed], gray, width, height };
  }

  async #gray(bytes: Uint8Array, signal: AbortSignal, region?: PictureRegion): Promise<GrayPicture> {
    const size = { width: GRAY_SIDE, height: GRAY_SIDE };
    const { rgb } = await pixelsAtSize(this.#decoders, bytes, size, signal, region);
    return grayOf(rgb, GRAY_SIDE, GRAY_SIDE).data;
  }

  /** Pixels of a picture, upright, at the given size: all red ones, all green ones, all blue ones, each 0 to 1. */
  async pixels(bytes: Uint8Array, width: number, height: number, signal: AbortSignal): Promise<Float32Array> {
    return (await pixelsAtSize(this.#decoders, bytes, { width, height }, signal)).rgb;
  }

  /** Finishes what was asked. */
  async close(): Promise<void> {
    this.#decoders.close();
    await this.#embedder.close();
  }
}

const PERCEPTUAL_HASH: Contender = {
  model: 'pHash',
  modelKey: null,
  inputSize: GRAY_SIDE,
  space: 'hash',
  dimensions: HASH_BITS,
};
