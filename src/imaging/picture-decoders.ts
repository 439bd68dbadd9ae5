import { availableParallelism, totalmem } from 'node:os';
import { EideticError } from '../domain/errors.ts';
import type { InputRecipe } from '../domain/model.ts';
import type { ContentHash, PictureFormat, PictureRegion } from '../domain/picture.ts';
import type { PictureLimits } from '../domain/picture-limits.ts';
import { DecodingLane, type LaneReply } from './decoding-lane.ts';
import type { DecodingRequest, DecodingTask, DecodingTasks } from './decoding-protocol.ts';
import { refuseFatal, refuseLarge, refuseSlow } from './decoding-refusal.ts';
import { checkFile } from './picture-checks.ts';
import type { PreparedPicture } from './prepare-picture.ts';

/** Memory that a pixel may take while it is decoded and turned upright, at 16 bits. */
const MOST_BYTES_PER_PIXEL = 16;

/** Memory that a process has for everything else, and that ordinary pictures need. */
const BASE_BYTES = 512 * 1024 * 1024;

/** What one process may take of the machine's memory, and what those of a lane may need together. */
const SHARE_OF_MEMORY = 1 / 4;

/** Pictures give way to answers; drawings, which may run as long as they may, to all. */
const GIVING_WAY = { pictures: 10, drawings: 19 };

export interface DecodersSettings {
  readonly limits: PictureLimits;
  /** Whether the rest of the program goes before it, as what answers requests must. */
  readonly givesWay: boolean;
}

/**
 * Decodes pictures in processes of their own, one picture at a time in each. Only a process can be stopped (the
 * filters of a drawing run for hours inside librsvg, which asks nobody whether to go on), what a decoder takes or
 * breaks is gone with it, and only alone are a decoder's words known to be about this picture. The time limit counts
 * from the start of the work. There are lanes, so that what is slow holds up only its like.
 */
export class PictureDecoders {
  /** How many pictures of a kind are worked on at once; more wait. */
  readonly parallelism: number;
  readonly #limits: PictureLimits;
  readonly #mostBytes: number;
  readonly #drawings: DecodingLane;
  readonly #pictures: DecodingLane;
  readonly #thumbnails: DecodingLane;
  readonly #hashes: DecodingLane;

  constructor({ limits, givesWay }: DecodersSettings) {
    const share = totalmem() * SHARE_OF_MEMORY;
    const atOnce = Math.max(1, Math.min(availableParallelism(), Math.floor(share / BASE_BYTES)));
    this.parallelism = atOnce;
    const niceness = givesWay ? GIVING_WAY : { pictures: 0, drawings: 0 };
    this.#limits = limits;
    this.#mostBytes = Math.min(
      BASE_BYTES + limits.maxPixels * MOST_BYTES_PER_PIXEL,
      Math.max(2 * BASE_BYTES, share),
    );
    const bounds = { timeoutMs: limits.timeoutMs, mostBytes: this.#mostBytes };
    this.#drawings = new DecodingLane(atOnce, niceness.drawings, bounds);
    this.#pictures = new DecodingLane(atOnce, niceness.pictures, bounds);
    this.#thumbnails = new DecodingLane(atOnce, niceness.pictures, bounds);
    this.#hashes = new DecodingLane(atOnce, niceness.pictures, bounds);
  }

  /** See preparePicture. @param signal stops it @throws EideticError also for what ends or outlasts its process */
  async prepare(
    bytes: Uint8Array,
    recipes: readonly InputRecipe[],
    region: PictureRegion | undefined,
    signal?: AbortSignal,
  ): Promise<PreparedPicture & { readonly decodeMs: number }> {
    const format = checkFile(bytes, this.#limits);
    const lane = format === 'svg' ? this.#drawings : this.#pictures;
    const request = { task: 'prepare', limits: this.#limits, bytes, recipes, region } as const;
    return this.#ask(lane, request, format, signal);
  }

  /** See makeThumbnail. */
  async thumbnail(bytes: Uint8Array, maxSide: number): Promise<Uint8Array> {
    const format = checkFile(bytes, this.#limits);
    const lane = format === 'svg' ? this.#drawings : this.#thumbnails;
    return this.#ask(lane, { task: 'thumbnail', limits: this.#limits, bytes, maxSide }, format);
  }

  /** See hashPixels. @param signal stops it */
  async hash(bytes: Uint8Array, signal: AbortSignal): Promise<string | null> {
    const format = checkFile(bytes, this.#limits);
    return this.#ask(this.#hashes, { task: 'hash', limits: this.#limits, bytes }, format, signal);
  }

  /** See hashFile. @param signal stops it */
  hashFile(
    paths: readonly string[],
    contentHash: ContentHash,
    signal: AbortSignal,
  ): Promise<{ readonly pixelHash: string | null } | 'absent'> {
    const request = { task: 'hashFile', limits: this.#limits, paths, contentHash } as const;
    return this.#ask(this.#hashes, request, null, signal);
  }

  /** Ends all processes for good; pictures that they work on, that wait, or that come later are refused. */
  close(): void {
    for (const lane of [this.#drawings, this.#pictures, this.#thumbnails, this.#hashes]) {
      lane.close();
    }
  }

  async #ask<Task extends DecodingTask>(
    lane: DecodingLane,
    request: DecodingRequest<Task>,
    format: PictureFormat | null,
    signal?: AbortSignal,
  ): Promise<DecodingTasks[Task]['answer']> {
    const reply = await lane.ask(request as DecodingRequest, signal);
    signal?.throwIfAborted();
    if (typeof reply === 'string') {
      throw this.#refuse(reply, format);
    }
    if ('answer' in reply) {
      return reply.answer as DecodingTasks[Task]['answer'];
    }
    if ('bug' in reply) {
      throw Object.assign(new Error(reply.bug), { stack: reply.stack });
    }
    const { code, message, details, causeMessage } = reply;
    throw new EideticError(code, message, { details, cause: new Error(causeMessage) });
  }

  #refuse(reason: Extract<LaneReply, string>, format: PictureFormat | null): EideticError {
    switch (reason) {
      case 'closed':
        return new EideticError(
          'CATALOG_CLOSED',
          'The library was closed while this picture waited or was decoded; open it again.',
          { details: { isPassing: true } },
        );
      case 'timeout':
        return refuseSlow(format, this.#limits.timeoutMs);
      case 'memory':
        return refuseLarge(format, this.#mostBytes);
      case 'ended':
        return refuseFatal(format);
    }
  }
}
