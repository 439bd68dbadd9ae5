import { resolveConfig } from '../src/config/resolve-config.ts';
import { PairVerifier, type VerifiedPair } from '../src/engine/pair-verifier.ts';
import { PictureDecoders } from '../src/imaging/picture-decoders.ts';
import type { BenchOptions } from './bench-options.ts';
import { comparePlaces, type PlaceOff } from './compare-places.ts';
import { geometryPairs } from './geometry-pairs.ts';
import { median } from './spread.ts';

interface Placed extends PlaceOff {
  readonly edit: string;
  readonly verdict: VerifiedPair['verdict'];
}

/** How well copies are placed on their originals, of which it is known where they lie. */
export async function benchCopyGeometry({ say }: BenchOptions): Promise<void> {
  say('\nWhere copies lie on their originals, edited by ImageMagick and ffmpeg');
  const pairs = await geometryPairs(say);
  if (pairs === null) {
    return;
  }
  const { limits } = resolveConfig({}, process.env);
  const decoders = new PictureDecoders({ limits, givesWay: false });
  const verifier = new PairVerifier(decoders, limits.maxBytes);
  const placed: Placed[] = [];
  const startedAt = performance.now();
  for (const truth of pairs.measured) {
    const pair = await pairs.read(truth);
    const [copy, original] = [
      await verifier.views.ofBytes(pair.copy.bytes),
      await verifier.views.ofBytes(pair.original.bytes),
    ];
    const { verdict, evidence } = await verifier.verify(copy, original);
    placed.push({ edit: truth.edit, verdict, ...comparePlaces(evidence.map, truth, copy, original) });
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  await verifier.close();
  decoders.close();
  tell(placed, seconds, say);
}

function tell(placed: readonly Placed[], seconds: number, say: (line: string) => void): void {
  const share = (all: readonly Placed[], isSo: (one: Placed) => boolean) =>
    all.filter(isSo).length / all.length;
  const line = (name: string, all: readonly Placed[]) =>
    say(
      `  ${name.padEnd(24)} ${String(all.length).padStart(4)} pairs, called copies ${show(share(all, ({ verdict }) => verdict === 'copy'))}, turn and mirror right ${show(share(all, ({ isTurnRight }) => isTurnRight))}, IoU ${show(median(all.map(({ iou }) => iou)))} in the median, above 0.7 in ${show(share(all, ({ iou }) => iou > 0.7))}`,
    );
  line('all', placed);
  for (const edit of [...new Set(placed.map((one) => one.edit))].sort()) {
    line(
      edit,
      placed.filter((one) => one.edit === edit),
    );
  }
  say(
    `  ${((1_000 * seconds) / placed.length).toFixed(0)} ms a pair, decoding both and comparing, one at a time`,
  );
}

function show(value: number): string {
  return value.toFixed(2);
}
