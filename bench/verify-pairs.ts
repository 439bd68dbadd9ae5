import { readFile } from 'node:fs/promises';
import { resolveConfig } from '../src/config/resolve-config.ts';
import { PairVerifier, type VerifiedPair } from '../src/engine/pair-verifier.ts';
import type { ViewedPicture } from '../src/engine/picture-views.ts';
import { positions } from '../src/engine/positions.ts';
import { PictureDecoders } from '../src/imaging/picture-decoders.ts';
import { asCompleted } from '../src/indexer/as-completed.ts';

/** Two files, by their positions in a list. */
export interface FilePair {
  readonly a: number;
  readonly b: number;
}

/** What the program says of pairs when it lays them over each other, in their order. Each file is looked at once. */
export async function verifyPairs(
  pairs: readonly FilePair[],
  paths: readonly string[],
): Promise<VerifiedPair[]> {
  const { limits } = resolveConfig({}, process.env);
  const decoders = new PictureDecoders({ limits, givesWay: false });
  const verifier = new PairVerifier(decoders, limits.maxBytes);
  const views = new Map<number, Promise<ViewedPicture>>();
  const viewOf = (at: number) => {
    const view =
      views.get(at) ??
      readFile(paths[at] as string).then((bytes) => verifier.views.ofBytes(new Uint8Array(bytes)));
    views.set(at, view);
    return view;
  };
  const verified: VerifiedPair[] = [];
  const verify = async (i: number) => {
    const { a, b } = pairs[i] as FilePair;
    const [one, other] = await Promise.all([viewOf(a), viewOf(b)]);
    verified[i] = await verifier.verify(one, other);
  };
  const all = positions(pairs.length, new AbortController().signal);
  for await (const _ of asCompleted(all, verify, 2 * verifier.parallelism)) {
    // Each has its place in the list.
  }
  await verifier.close();
  decoders.close();
  return verified;
}
