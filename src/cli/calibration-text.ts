import { COPY_PRESETS } from '../copies/choose-copies.ts';
import type { CalibrationRun } from '../engine/calibrate-copies.ts';
import { recallByEdit } from '../engine/calibration-file.ts';
import { alignTable } from './align-table.ts';
import { count } from './print.ts';

/** What calibrating measured, for people. */
export function calibrationToText({ calibration, failures }: CalibrationRun): string[] {
  const { pictures, seed } = calibration;
  const presets = Object.entries(COPY_PRESETS).map(([preset, least]) => ({
    preset,
    least,
    recall: recallByEdit(calibration, least),
  }));
  const edits = [...recallByEdit(calibration, COPY_PRESETS.copies).keys()];
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

/** The share of copies that the report is expected to find; null where nobody has measured it. */
export type Recall = {
  /** Of so many pictures copies were made to measure it. */
  readonly pictures: number;
  readonly byEdit: ReadonlyMap<string, number>;
} | null;

/** What a report of copies is expected to miss, on a line. */
export function missedLine(recall: Recall): string {
  if (recall === null || recall.byEdit.size === 0) {
    return 'What is missed was not measured on your pictures; "eidetic calibrate" does.';
  }
  const shares = [...recall.byEdit.values()];
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  const worst = [...recall.byEdit].sort((a, b) => a[1] - b[1]).slice(0, NAMED);
  const named = worst
    .filter(([, share]) => share < GOOD)
    .map(([edit, share]) => `${edit} ${share.toFixed(2)}`);
  const measured = `Of edited copies of ${count(recall.pictures, 'picture')} of yours a share of ${mean.toFixed(2)} was found`;
  return `${measured}${named.length > 0 ? `; least of: ${named.join(', ')}` : ''}.`;
}

/** Edits named that are found worst, and the share from which on none need be. */
const NAMED = 3;
const GOOD = 0.98;
