import { EideticError } from '../../domain/errors.ts';

/** Bytes of request bodies that may be in memory at once, over all requests. */
export class BodyBudget {
  readonly #most: number;
  #used = 0;

  constructor(mostBytes: number) {
    this.#most = mostBytes;
  }

  /** @throws EideticError OVERLOADED when there is no room */
  take(bytes: number): void {
    if (this.#used + bytes > this.#most) {
      throw new EideticError('OVERLOADED', 'Too many uploads are in progress; try again in a moment.');
    }
    this.#used += bytes;
  }

  giveBack(bytes: number): void {
    this.#used -= bytes;
  }
}
