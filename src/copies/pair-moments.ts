/** Sums over pairs of values, from which their spread and correlation follow; in one pass. */
export class PairMoments {
  count = 0;
  #a = 0;
  #b = 0;
  #squaresA = 0;
  #squaresB = 0;
  #products = 0;

  add(a: number, b: number): void {
    this.count++;
    this.#a += a;
    this.#b += b;
    this.#squaresA += a * a;
    this.#squaresB += b * b;
    this.#products += a * b;
  }

  /** 0 of none. */
  deviationA(): number {
    return deviation(this.count, this.#a, this.#squaresA);
  }

  deviationB(): number {
    return deviation(this.count, this.#b, this.#squaresB);
  }

  /** Pearson's, -1 to 1; 0 where one of them is always the same. */
  correlation(): number {
    const norm = this.deviationA() * this.deviationB();
    return norm === 0 ? 0 : (this.#products - (this.#a * this.#b) / this.count) / this.count / norm;
  }
}

function deviation(count: number, sum: number, squares: number): number {
  // Rounding may leave a little less than nothing.
  return count === 0 ? 0 : Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
}
