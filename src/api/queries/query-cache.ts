import type { DescribedPicture } from '../../domain/descriptor.ts';
import type { ContentHash } from '../../domain/picture.ts';

/** A picture that somebody looks for, which the library need not have. */
export interface KeptQuery {
  readonly bytes: Uint8Array;
  readonly described: DescribedPicture;
}

interface Entry extends KeptQuery {
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** What a picture counts beside its bytes. */
const OVERHEAD_BYTES = 16_384;

/**
 * Pictures that were sent to be searched for, by the SHA-256 of their bytes, so that an address can name one. In memory
 * alone: the longest unused ones go when there are too many, and each goes an hour or so after it was last used.
 */
export class QueryCache {
  readonly #entries = new Map<ContentHash, Entry>();
  readonly #mostBytes: number;
  readonly #lifeMs: number;
  #bytes = 0;

  /** @param mostBytes of all pictures together; one that is larger is kept until the next comes */
  constructor(mostBytes: number, lifeMs: number) {
    this.#mostBytes = mostBytes;
    this.#lifeMs = lifeMs;
  }

  /** @returns until when it is kept, if nothing pushes it out before; milliseconds since 1970 */
  keep(hash: ContentHash, query: KeptQuery): number {
    this.#remove(hash);
    const expiresAt = Date.now() + this.#lifeMs;
    this.#entries.set(hash, { ...query, expiresAt });
    this.#bytes += sizeOf(query);
    const [oldest] = this.#entries.keys();
    for (let next = oldest; next !== undefined && next !== hash; [next] = this.#entries.keys()) {
      if (this.#bytes <= this.#mostBytes && (this.#entries.get(next)?.expiresAt ?? 0) > Date.now()) {
        break;
      }
      this.#remove(next);
    }
    return expiresAt;
  }

  /** Null when it was never sent, or is not kept any more. */
  find(hash: ContentHash): KeptQuery | null {
    const found = this.#entries.get(hash);
    if (found === undefined || found.expiresAt <= Date.now()) {
      this.#remove(hash);
      return null;
    }
    this.#entries.delete(hash);
    this.#entries.set(hash, { ...found, expiresAt: Date.now() + this.#lifeMs }); // now the one that was used last
    return found;
  }

  #remove(hash: ContentHash): void {
    const entry = this.#entries.get(hash);
    if (entry !== undefined) {
      this.#entries.delete(hash);
      this.#bytes -= sizeOf(entry);
    }
  }
}

function sizeOf({ bytes }: KeptQuery): number {
  return bytes.length + OVERHEAD_BYTES;
}
