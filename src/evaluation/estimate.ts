import { createRandom } from '../sample/seeded-random.ts';

/** A figure with its 95 % interval. */
export interface Estimate {
  readonly value: number;
  /** Null where there is too little to say: see who made it. */
  readonly low: number | null;
  /** Likewise. */
  readonly high: number | null;
}

/** 97.5th percentile of the normal distribution: two-sided 95 %. */
const Z = 1.959964;

/**
 * A share with Wilson's score interval (E. B. Wilson, JASA 22, 1927), which holds near 0 and 1 and for few too.
 * @param hits 0 to `count`
 * @param count independent tries, above 0
 */
export function shareEstimate(hits: number, count: number): Estimate {
  const value = hits / count;
  const middle = value + Z ** 2 / (2 * count);
  const reach = Z * Math.sqrt((value * (1 - value)) / count + (Z / (2 * count)) ** 2);
  const scale = 1 + Z ** 2 / count;
  return { value, low: Math.max(0, (middle - reach) / scale), high: Math.min(1, (middle + reach) / scale) };
}

const ROUNDS = 1_000;

/** Of fewer, resampling tells more of who happened to be drawn than of the figure. */
const FEWEST = 10;

/** How often each of some independent units was drawn. */
export type Weights = Uint16Array;

/**
 * A figure with its percentile bootstrap interval (B. Efron, The Annals of Statistics 7, 1979): 1,000 times as many
 * units are drawn as there are, with replacement. No interval below 10 units.
 * @param units how many independent ones the figure was made of
 * @param seed the same seed, the same interval
 * @param figure the figure when unit `i` counts `weights[i]` times; not to keep the weights
 */
export function bootstrapEstimate(
  units: number,
  seed: string,
  figure: (weights: Weights) => number,
): Estimate {
  const weights: Weights = new Uint16Array(units).fill(1);
  const value = figure(weights);
  if (units < FEWEST) {
    return { value, low: null, high: null };
  }
  const random = createRandom(seed);
  const figures = Float64Array.from({ length: ROUNDS }, () => {
    weights.fill(0);
    for (let i = 0; i < units; i++) {
      const drawn = Math.floor(random.next() * units);
      weights[drawn] = (weights[drawn] as number) + 1;
    }
    return figure(weights);
  }).sort();
  const at = (share: number) => figures[Math.round(share * (ROUNDS - 1))] as number;
  return { value, low: at(0.025), high: at(0.975) };
}

/** The mean of values, one of each unit, with its bootstrap interval. */
export function meanEstimate(values: readonly number[], seed: string): Estimate {
  return bootstrapEstimate(values.length, seed, (weights) => {
    let sum = 0;
    for (let i = 0; i < values.length; i++) {
      sum += (values[i] as number) * (weights[i] as number);
    }
    return sum / values.length;
  });
}

/** The mean of all values of some units, each of which is drawn with all of its values, with its bootstrap interval. */
export function meanOfUnits(units: readonly (readonly number[])[], seed: string): Estimate {
  const sums = units.map((values) => values.reduce((sum, value) => sum + value, 0));
  return bootstrapEstimate(units.length, seed, (weights) => {
    let [sum, count] = [0, 0];
    for (const [i, values] of units.entries()) {
      sum += (sums[i] as number) * (weights[i] as number);
      count += values.length * (weights[i] as number);
    }
    return sum / count;
  });
}
