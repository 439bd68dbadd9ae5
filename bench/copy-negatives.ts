import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { alignTable } from '../src/cli/align-table.ts';
import { COPY_PRESETS } from '../src/copies/choose-copies.ts';
import { verdictAt } from '../src/copies/judge-pair.ts';
import type { VerifiedPair } from '../src/engine/pair-verifier.ts';
import { isNearDuplicate } from '../src/evaluation/near-duplicates.ts';
import type { BenchOptions } from './bench-options.ts';
import { mapNegatives } from './negatives/map-negatives.ts';
import type { NegativeKind } from './negatives/negative-kind.ts';
import { pageNegatives } from './negatives/page-negatives.ts';
import { photoNegatives } from './negatives/photo-negatives.ts';
import { videoNegatives } from './negatives/video-negatives.ts';
import { drawPairSheets } from './pair-sheets.ts';
import { reliefCorrelations } from './relief-correlations.ts';
import { type FilePair, verifyPairs } from './verify-pairs.ts';

interface Called extends FilePair {
  readonly verified: VerifiedPair;
}

/**
 * What the program calls a copy of what is none: other shots, other things of a kind, pages and maps of one make, frames of
 * one video. Every pair is laid over each other, also those that no report would look at. Pairs that are called copies are
 * drawn on sheets, to be looked at.
 */
export async function benchCopyNegatives({ folders, say }: BenchOptions): Promise<void> {
  say('\nPairs that look alike and are no copies');
  const kinds = [
    ...(await photoNegatives(say)),
    ...(await pageNegatives()),
    ...(await mapNegatives(say)),
    ...(await videoNegatives(say)),
  ];
  const wanted = kinds.filter(({ name, pairs }) => {
    const isNamed = folders.length === 0 || folders.some((part) => name.includes(part));
    return isNamed && pairs.length > 0;
  });
  const presets = Object.entries(COPY_PRESETS);
  const head = ['kind', 'pairs', ...presets.map(([preset]) => preset), 'unsure', 'near', 'highest score'];
  const rows: string[][] = [];
  const sheets = mkdtempSync(join(tmpdir(), 'eidetic-copy-negatives-'));
  for (const kind of wanted) {
    const verified = await verifyPairs(kind.pairs, kind.paths);
    const called = verified.map((one, i): Called => ({ ...(kind.pairs[i] as FilePair), verified: one }));
    const countAt = (least: number) =>
      called.filter((pair) => verdictAt(pair.verified, least) === 'copy').length;
    const unsure = verified.filter(({ verdict }) => verdict === 'unsure').length;
    const highest = Math.max(...verified.map(({ score }) => score));
    const copies = called.filter(({ verified }) => verified.verdict === 'copy');
    const near = (await reliefCorrelations(copies, kind.paths)).filter(isNearDuplicate).length;
    const atPresets = presets.map(([, least]) => countAt(least));
    const counts = [kind.pairs.length, ...atPresets, unsure, near].map(String);
    rows.push([kind.areCopies ? `COPIES ${kind.name}` : kind.name, ...counts, highest.toFixed(2)]);
    say(`  ${rows.at(-1)?.join('  ')} (${kind.about})`);
    await drawSheets(kind, called, sheets);
  }
  say('');
  say(alignTable([head, ...rows]).join('\n'));
  say(
    'near: of those called copies (preset copies) pairs whose relief of gray correlates as that of near-duplicates does',
  );
  say(`Sheets of the pairs called copies, and of copies that are not, the surest first: ${sheets}`);
}

/** Of pairs that somebody would be told something wrong of at the widest preset. */
async function drawSheets(kind: NegativeKind, called: readonly Called[], sheets: string): Promise<void> {
  const isCopy = ({ verified }: Called) => verdictAt(verified, COPY_PRESETS.broad) === 'copy';
  const wrong = called
    .filter((pair) => isCopy(pair) !== (kind.areCopies ?? false))
    .sort((x, y) => y.verified.score - x.verified.score);
  const shown = wrong.map(({ a, b, verified }) => ({
    a: kind.paths[a] as string,
    b: kind.paths[b] as string,
    label: `${verified.score.toFixed(2)} ${verified.verdict} ${shortName(kind.paths[a])} ${shortName(kind.paths[b])}`,
  }));
  await drawPairSheets(shown, join(sheets, kind.name.replaceAll(/[^A-Za-z0-9.]+/g, '-')));
}

function shortName(path = ''): string {
  return basename(path).slice(-22);
}
