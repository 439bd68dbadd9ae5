import { COPY_PRESETS, lineAtScore } from '../copies/choose-copies.ts';
import { usuallyFound } from '../copies/score-mixture.ts';
import type { CopyLine } from '../domain/copy-line.ts';
import type { CalibrationRun } from '../engine/calibrate-copies.ts';
import { type CopyRecall, recallByEdit } from '../engine/calibration-file.ts';
import { alignTable } from './align-table.ts';
import { count } from './print.ts';

/** What calibrating measured, for people. */
export function calibrationToText({ calibration, failures }: CalibrationRun): string[] {
  const { pictures, seed } = calibration;
  const presets = Object.entries(COPY_PRESETS).map(([preset, least]) => ({
    preset,
    least,
    recall: recallByEdit(calibration, lineAtScore(least)),
  }));
  const edits = [...recallByEdit(calibration, lineAtScore(COPY_PRESETS.copies)).keys()];
  return [
    `Of edited copies of ${count(pictures, 'picture')} of the library (seed ${seed}) so large a share was found again:`,
    ...alignTable([
      ['edit', ...presets.map(({ preset, least }) => `${preset} (${least})`)],
      ...edits.map((edit) => [edit, ...presets.map(({ recall }) => (recall.get(edit) ?? 0).toFixed(2))]),
    ]),
    'In brackets the score from which on a pair is called a copy. What is found is also a matter of how alike your pictures are: index more, and calibrate again.',
    ...(failures.length > 0
      ? [
          `${count(failures.length, 'picture or copy').replace('copys', 'copies')} took no part: they could not be read or made.`,
        ]
      : []),
  ];
}

/** What a report of copies is expected to miss with the line where it is, in a sentence or two. */
export function missedLine(recall: CopyRecall | null, line: CopyLine): string {
  const byEdit = Object.entries(recall?.byEdit ?? {});
  if (recall === null || byEdit.length === 0) {
    return `Of edited copies of photos a share of ${usuallyFound(line).toFixed(2)} of those looked at is usually found so. What is missed of yours was not measured; "eidetic calibrate" does.`;
  }
  const mean = byEdit.reduce((sum, [, share]) => sum + share, 0) / byEdit.length;
  const worst = byEdit.sort((a, b) => a[1] - b[1]).slice(0, NAMED);
  const named = worst
    .filter(([, share]) => share < GOOD)
    .map(([edit, share]) => `${edit} ${share.toFixed(2)}`);
  const measured = `Of edited copies of ${count(recall.pictures, 'picture')} of yours a share of ${mean.toFixed(2)} was found`;
  return `${measured}${named.length > 0 ? `; least of: ${named.join(', ')}` : ''}.`;
}

/** Edits named that are found worst, and the share from which on none need be. */
const NAMED = 3;
const GOOD = 0.98;
