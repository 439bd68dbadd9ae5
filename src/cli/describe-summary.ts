import type { IndexSummary } from '../indexer/index-files.ts';
import { count, formatDuration } from './print.ts';

/** Places named one by one; the rest is counted. */
const PLACES_NAMED = 10;

/** The run in words, a line each; every file found is in exactly one of the first four numbers. */
export function describeSummary(summary: IndexSummary): string[] {
  return [
    foundLine(summary),
    embeddedLine(summary),
    ...leftLines(summary),
    ...awayLines(summary),
    ...adviceLines(summary),
  ];
}

function foundLine({ found, indexed, unchanged, failed, stillFailed, interrupted }: IndexSummary): string {
  const rest = interrupted ? ', the rest not reached' : '';
  return `Found ${count(found, 'file')}: ${number(indexed)} indexed, ${number(unchanged)} unchanged, ${number(failed)} failed, ${number(stillFailed)} failed before and unchanged${rest}.`;
}

function embeddedLine({ embedded, elapsedMs, moved }: IndexSummary): string {
  const rate = (embedded / (elapsedMs / 1_000)).toFixed(1);
  const movedFiles = moved > 0 ? `, ${count(moved, 'file')} moved` : '';
  return `Embedded ${count(embedded, 'picture')} in ${formatDuration(elapsedMs)} (${rate}/s)${movedFiles}.`;
}

function leftLines({ removed, excluded, ignored }: IndexSummary): string[] {
  const reasons = Object.entries(ignored).map(([reason, n]) => `${number(n)} ${reason}`);
  return [
    ...(removed > 0 ? [`Gone from disk, and so from the library: ${count(removed, 'file')}.`] : []),
    ...(excluded > 0 ? [`Left the library because of its rules: ${count(excluded, 'file')}.`] : []),
    ...(reasons.length > 0 ? [`Passed over: ${reasons.join(', ')}.`] : []),
  ];
}

function awayLines({ away, awayFiles }: IndexSummary): string[] {
  if (away.length === 0) {
    return [];
  }
  const places = away
    .slice(0, PLACES_NAMED)
    .map(({ path, reason, files }) => `  ${path} (${count(files, 'file')}): ${reason}`);
  const more =
    away.length > PLACES_NAMED ? [`  and ${count(away.length - PLACES_NAMED, 'further place')}.`] : [];
  return [
    `Not all could be looked at; ${count(awayFiles, 'file')} that the library knows there stay in it:`,
    ...places,
    ...more,
  ];
}

function adviceLines({ failed, stillFailed, rotten, interrupted }: IndexSummary): string[] {
  return [
    ...(rotten > 0
      ? [
          `Of those that failed, ${count(rotten, 'file')} changed on disk without having been written: look at the drive, and restore from a backup.`,
        ]
      : []),
    ...(failed + stillFailed > 0 ? ['"eidetic failures" lists what failed and why.'] : []),
    ...(interrupted
      ? ['Stopped early; everything finished is kept. Run the same command again to go on.']
      : []),
  ];
}

function number(n: number): string {
  return n.toLocaleString('en');
}
