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

  /** Pairs of neighbors. Adds them up first, and to the others once. */
  addRun(a: Float32Array, fromA: number, b: Float32Array, fromB: number, count: number): void {
    let ofA = 0;
    let ofB = 0;
    let squaresA = 0;
    let squaresB = 0;
    let products = 0;
    for (let i = 0; i < count; i++) {
      const one = a[fromA + i] as number;
      const other = b[fromB + i] as number;
      ofA += one;
      ofB += other;
      squaresA += one * one;
      squaresB += other * other;
      products += one * other;
    }
    this.count += count;
    this.#a += ofA;
    this.#b += ofB;
    this.#squaresA += squaresA;
    this.#squaresB += squaresB;
    this.#products += products;
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
