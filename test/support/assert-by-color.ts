import assert from 'node:assert/strict';
import { type Channel, similarityBy } from './color-model.ts';

/** Of float32 and of an index that adds up in its own order. */
const TOLERANCE = 1e-4;

export interface ColorHit {
  readonly path: string;
  readonly similarity: number;
}

/**
 * Hits must be the nearest of some pictures by one color, with the similarities that it gives them.
 * @param all what could have been found
 */
export function assertByColor(
  channel: Channel,
  query: string,
  hits: readonly ColorHit[],
  all: readonly string[],
): void {
  let last = 1;
  for (const { path, similarity } of hits) {
    assertSimilarity(similarity, channel, query, path);
    assert.ok(similarity <= last + TOLERANCE, `${path} stands behind what is less similar`);
    last = similarity;
  }
  const found = new Set(hits.map(({ path }) => path));
  for (const path of all.filter((one) => one !== query && !found.has(one))) {
    assert.ok(similarityBy(channel, query, path) <= last + TOLERANCE, `${path} was left out`);
  }
}

export function assertSimilarity(similarity: number, channel: Channel, one: string, other: string): void {
  const expected = similarityBy(channel, one, other);
  assert.ok(
    Math.abs(similarity - expected) < TOLERANCE,
    `found ${similarity}, expected ${expected} by ${channel}: ${one} and ${other}`,
  );
}
