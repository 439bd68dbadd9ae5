import type { IndexSummary } from '../indexer/index-files.ts';
import { passedOverWords } from './passed-over.ts';
import { count, formatDuration } from './print.ts';

/** Places and moves named one by one; the rest is counted. */
const PLACES_NAMED = 10;

/** Endings of names told one by one, likewise. */
const ENDINGS_NAMED = 8;

/** The run in words, a line each; every file found is in exactly one of the numbers of the first line. */
export function describeSummary(summary: IndexSummary): string[] {
  return [
    foundLine(summary),
    embeddedLine(summary),
    ...moveLines(summary),
    ...leftOutLines(summary),
    ...leftLines(summary),
    ...awayLines(summary),
    ...adviceLines(summary),
  ];
}

function foundLine(summary: IndexSummary): string {
  const { found, indexed, unchanged, moved, unsupported, others, failed, stillFailed, interrupted } = summary;
  const parts = [
    `${number(indexed)} indexed`,
    `${number(unchanged)} unchanged`,
    ...(moved > 0 ? [`${number(moved)} moved`] : []),
    ...(unsupported > 0 ? [`${number(unsupported)} in formats that Eidetic does not read`] : []),
    ...(others > 0 ? [count(others, 'other file')] : []),
    `${number(failed)} failed`,
    ...(stillFailed > 0 ? [`${number(stillFailed)} failed before and unchanged`] : []),
    ...(interrupted ? ['the rest not reached'] : []),
  ];
  return `Found ${count(found, 'file')}: ${parts.join(', ')}.`;
}

function embeddedLine({ embedded, elapsedMs }: IndexSummary): string {
  if (embedded === 0) {
    return `No picture had to be embedded; it took ${formatDuration(elapsedMs)}.`;
  }
  const rate = (embedded / (elapsedMs / 1_000)).toFixed(1);
  return `Embedded ${count(embedded, 'picture')} in ${formatDuration(elapsedMs)} (${rate}/s).`;
}

function moveLines({ moved, moves }: IndexSummary): string[] {
  const named = moves.slice(0, PLACES_NAMED);
  const rest = moved - named.reduce((sum, { files }) => sum + files, 0);
  return [
    ...named.map(({ from, to, files }) =>
      from === to
        ? `Renamed in ${from}: ${count(files, 'file')}.`
        : `Moved from ${from} to ${to}: ${count(files, 'file')}.`,
    ),
    ...(rest > 0 ? [`Moved between other folders: ${count(rest, 'file')}.`] : []),
  ];
}

function leftOutLines({ unsupported, unsupportedEndings, others, otherEndings }: IndexSummary): string[] {
  return [
    ...(unsupported > 0
      ? [
          `Pictures in formats that Eidetic does not read: ${byEnding(unsupportedEndings, unsupported)}; "eidetic failures" lists them.`,
        ]
      : []),
    ...(others > 0
      ? [
          `Other files, which are no pictures: ${byEnding(otherEndings, others)}; "eidetic failures --others" lists them.`,
        ]
      : []),
  ];
}

/** `300 .xmp, 90 .mov, 22 without an ending`. */
function byEnding(endings: Readonly<Record<string, number>>, total: number): string {
  const named = Object.entries(endings).slice(0, ENDINGS_NAMED);
  const rest = total - named.reduce((sum, [, files]) => sum + files, 0);
  return [
    ...named.map(([ending, files]) => `${number(files)} ${ending === '' ? 'without an ending' : ending}`),
    ...(rest > 0 ? [`${number(rest)} with other endings`] : []),
  ].join(', ');
}

function leftLines({ removed, removedPaths, excluded, ignored }: IndexSummary): string[] {
  const passed = passedOverWords(ignored);
  return [
    ...(removed > 0 ? [`Gone from disk, and so from the library: ${count(removed, 'file')}:`] : []),
    ...removedPaths.slice(0, PLACES_NAMED).map((path) => `  ${path}`),
    ...(removed > PLACES_NAMED ? [`  and ${count(removed - PLACES_NAMED, 'further file')}.`] : []),
    ...(excluded > 0 ? [`Left the library because of its rules: ${count(excluded, 'file')}.`] : []),
    ...(passed === '' ? [] : [`Passed over: ${passed}.`]),
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
