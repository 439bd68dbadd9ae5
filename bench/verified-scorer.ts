import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveConfig } from '../src/config/resolve-config.ts';
import { COPY_RULE_VERSION } from '../src/copies/judge-pair.ts';
import { PairVerifier } from '../src/engine/pair-verifier.ts';
import type { ViewedPicture } from '../src/engine/picture-views.ts';
import { PictureDecoders } from '../src/imaging/picture-decoders.ts';
import { keptFolder } from './kept-folder.ts';
import { KeptScores } from './kept-scores.ts';
import type { ScoringContender } from './pair-scorer.ts';

/** Of the nearest by `copy` so many are laid over the query, as a report begins; the others are taken for no copies. */
const LOOKED_AT = 5;

/** Below every score of a pair that was looked at. */
const NOT_LOOKED_AT = -100;

/** What Eidetic says of a pair: `copy` finds candidates, and laying pictures over each other tells which are copies. */
export const VERIFIED: ScoringContender = {
  name: 'copy, verified',
  candidatesOf: 'copy',
  async open() {
    const { limits } = resolveConfig({}, process.env);
    const decoders = new PictureDecoders({ limits, givesWay: false });
    const verifier = new PairVerifier(decoders, limits.maxBytes);
    const folder = await keptFolder(`copy-verified-${COPY_RULE_VERSION}`, async () => {});
    const kept = new KeptScores(join(folder, 'scores.tsv'));
    const views = new Map<string, Promise<ViewedPicture>>();
    const viewOf = async (path: string) => verifier.views.ofBytes(new Uint8Array(await readFile(path)));
    const keptView = (path: string) => {
      const view = views.get(path) ?? viewOf(path);
      views.set(path, view);
      return view;
    };
    return {
      async score(queryFile, candidates) {
        let query: ViewedPicture | undefined;
        const scores: number[] = [];
        for (const { path, similarity } of candidates.slice(0, LOOKED_AT)) {
          const score = await kept.scoreOf(queryFile, path, async () => {
            query ??= await viewOf(queryFile);
            return (await verifier.verify(query, await keptView(path))).score;
          });
          scores.push(score + similarity / 1_000);
        }
        return candidates.map((_, i) => scores[i] ?? NOT_LOOKED_AT - i);
      },
      async close() {
        await verifier.close();
        decoders.close();
      },
    };
  },
};
