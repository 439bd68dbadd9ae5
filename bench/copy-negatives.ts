import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { alignTable } from '../src/cli/align-table.ts';
import { COPY_PRESETS } from '../src/copies/choose-copies.ts';
import { verdictAt } from '../src/copies/judge-pair.ts';
import type { VerifiedPair } from '../src/engine/pair-verifier.ts';
import type { BenchOptions } from './bench-options.ts';
import { mapNegatives } from './negatives/map-negatives.ts';
import type { NegativeKind } from './negatives/negative-kind.ts';
import { pageNegatives } from './negatives/page-negatives.ts';
import { photoNegatives } from './negatives/photo-negatives.ts';
import { videoNegatives } from './negatives/video-negatives.ts';
import { drawPairSheet, PAIRS_ON_SHEET } from './pair-sheet.ts';
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
  const head = ['kind', 'pairs', ...presets.map(([preset]) => preset), 'unsure', 'highest score'];
  const rows: string[][] = [];
  const sheets = mkdtempSync(join(tmpdir(), 'eidetic-copy-negatives-'));
  for (const kind of wanted) {
    const verified = await verifyPairs(kind.pairs, kind.paths);
    const called = verified.map((one, i): Called => ({ ...(kind.pairs[i] as FilePair), verified: one }));
    const countAt = (least: number) =>
      called.filter((pair) => verdictAt(pair.verified, least) === 'copy').length;
    const unsure = verified.filter(({ verdict }) => verdict === 'unsure').length;
    const highest = Math.max(...verified.map(({ score }) => score));
    const counts = [kind.pairs.length, ...presets.map(([, least]) => countAt(least)), unsure].map(String);
    rows.push([kind.areCopies ? `COPIES ${kind.name}` : kind.name, ...counts, highest.toFixed(2)]);
    say(`  ${rows.at(-1)?.join('  ')} (${kind.about})`);
    await drawSheets(kind, called, sheets);
  }
  say('');
  say(alignTable([head, ...rows]).join('\n'));
  say(`Sheets of the pairs called copies, and of copies that are not, the surest first: ${sheets}`);
}

/** Of pairs that somebody would be told something wrong of at the widest preset. */
async function drawSheets(kind: NegativeKind, called: readonly Called[], sheets: string): Promise<void> {
  const isCopy = ({ verified }: Called) => verdictAt(verified, COPY_PRESETS.broad) === 'copy';
  const wrong = called
    .filter((pair) => isCopy(pair) !== (kind.areCopies ?? false))
    .sort((x, y) => y.verified.score - x.verified.score);
  const folder = join(sheets, kind.name.replaceAll(/[^A-Za-z0-9.]+/g, '-'));
  for (let from = 0; from < wrong.length; from += PAIRS_ON_SHEET) {
    mkdirSync(folder, { recursive: true });
    const shown = wrong.slice(from, from + PAIRS_ON_SHEET).map(({ a, b, verified }) => ({
      a: kind.paths[a] as string,
      b: kind.paths[b] as string,
      label: `${verified.score.toFixed(2)} ${verified.verdict} ${shortName(kind.paths[a])} ${shortName(kind.paths[b])}`,
    }));
    await drawPairSheet(shown, join(folder, `${String(from).padStart(4, '0')}.png`));
  }
}

function shortName(path = ''): string {
  return basename(path).slice(-22);
}
