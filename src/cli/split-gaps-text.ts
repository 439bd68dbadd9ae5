import type { SplitsCheck } from '../engine/check-splits.ts';
import type { GapReason, SplitGap, SplitGaps } from '../engine/find-split-gaps.ts';
import { passedOverWords } from './passed-over.ts';
import { count } from './print.ts';
import { shorten } from './print-hits.ts';

const REASONS: Readonly<Record<GapReason, string>> = {
  failed: 'it could not be read',
  'not-indexed': 'the library does not know it; run "eidetic index"',
  link: 'a symbolic link that was not followed, or whose file has another name; copy the file here, or index with --follow-symlinks',
  unlisted: 'it cannot be listed',
};

/** Why it was left out. */
export function gapWords({ why, code, message }: SplitGap): string {
  return message === null
    ? REASONS[why]
    : code === null
      ? `${REASONS[why]}: ${message}`
      : `${code}: ${message}`;
}

/** Files and folders of all splits that were compared with nothing. */
export function countGaps(splits: SplitsCheck['splits']): number {
  return splits.reduce((sum, { leftOut }) => sum + gapsOf(leftOut), 0);
}

/** A line for each, those that are not named in one. */
export function gapLines({ name, folder, leftOut }: SplitsCheck['splits'][number]): string[] {
  const unnamed = gapsOf(leftOut) - leftOut.gaps.length;
  return [
    ...leftOut.gaps.map((gap) => `left out: ${shorten(gap.path)} (${name}): ${gapWords(gap)}`),
    ...(unnamed > 0 ? [`left out: ${count(unnamed, 'more file')} in ${shorten(folder)} (${name})`] : []),
  ];
}

/** `; left out: 2 not readable, 1 not indexed; passed over: 3 hidden; no pictures: 1 file`; '' where nothing was. */
export function gapCounts({ counts, passedOver, others }: SplitGaps): string {
  const left = Object.entries(COUNTED).flatMap(([why, words]) => {
    const files = counts[why as GapReason];
    return files === 0 ? [] : [`${files.toLocaleString('en')} ${words}`];
  });
  const passed = passedOverWords(passedOver);
  return [
    ...(left.length > 0 ? [`; left out: ${left.join(', ')}`] : []),
    ...(passed === '' ? [] : [`; passed over: ${passed}`]),
    ...(others > 0 ? [`; no pictures: ${count(others, 'file')}`] : []),
  ].join('');
}

const COUNTED: Readonly<Record<GapReason, string>> = {
  failed: 'not readable',
  'not-indexed': 'not indexed',
  link: 'by symbolic links',
  unlisted: 'folders not listed',
};

function gapsOf({ counts }: SplitGaps): number {
  return Object.values(counts).reduce((sum, files) => sum + files, 0);
}
