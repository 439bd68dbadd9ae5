import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { EideticError } from '../../domain/errors.ts';
import type { ContentHash } from '../../domain/picture.ts';
import type { BodyBudget } from './body-budget.ts';

/** Bytes that were read, and their SHA-256. */
export interface ReadBytes {
  readonly bytes: Uint8Array;
  readonly contentHash: ContentHash;
}

/** What one request may still send, and what it has taken from the budget of all. */
export class BodyAllowance {
  readonly #budget: BodyBudget;
  readonly #most: number;
  #taken = 0;

  constructor(budget: BodyBudget, mostBytes: number) {
    this.#budget = budget;
    this.#most = mostBytes;
  }

  /** @throws EideticError IMAGE_TOO_LARGE when so many more bytes are too many */
  require(bytes: number): void {
    if (this.#taken + bytes > this.#most) {
      throw new EideticError(
        'IMAGE_TOO_LARGE',
        `Found a body of more than ${this.#most} bytes, expected at most that; send a smaller one.`,
        { details: { maxBytes: this.#most } },
      );
    }
  }

  /** @throws EideticError IMAGE_TOO_LARGE, OVERLOADED */
  take(bytes: number): void {
    this.require(bytes);
    this.#budget.take(bytes);
    this.#taken += bytes;
  }

  giveBack(): void {
    this.#budget.giveBack(this.#taken);
    this.#taken = 0;
  }
}

/**
 * Reads a stream to its end, hashing it piece by piece so that no piece holds up the thread.
 * @throws EideticError INVALID_INPUT when it breaks off, and what `take` throws as soon as there is too much
 */
export async function readBytes(stream: Readable, allowance: BodyAllowance): Promise<ReadBytes> {
  const chunks: Buffer[] = [];
  const hash = createHash('sha256');
  try {
    // Destroying a request would end its connection before the refusal is on its way.
    for await (const chunk of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      allowance.take(chunk.length);
      hash.update(chunk);
      chunks.push(chunk);
    }
  } catch (cause) {
    throw cause instanceof EideticError
      ? cause
      : new EideticError('INVALID_INPUT', 'The body breaks off before its end; send it again.', { cause });
  }
  return { bytes: Buffer.concat(chunks), contentHash: hash.digest('hex') };
}
