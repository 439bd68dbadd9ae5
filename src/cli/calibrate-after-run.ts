import { COPY_PRESETS, lineAtScore } from '../copies/choose-copies.ts';
import { EideticError } from '../domain/errors.ts';
import { calibrateCopies } from '../engine/calibrate-copies.ts';
import { keepCalibration, readCalibration, recallAt } from '../engine/calibration-file.ts';
import type { Library } from '../engine/library.ts';
import { isInUse } from '../engine/model-in-use.ts';
import type { IndexSummary } from '../indexer/index-files.ts';
import { COPY_EDITS } from '../sample/copy-edits.ts';
import { missedLine } from './calibration-text.ts';
import { type ToldProgress, withProgress } from './with-progress.ts';

/** A run over so many pictures takes a minute or more, beside which half a one is little. */
const LEAST_PICTURES = 5_000;

/** Copies are made of so many: some seconds of all cores each. */
const SAMPLE = 12;

/**
 * Measures, once a library has come to a useful size, which edited copies of its own pictures are known again; and anew when
 * the rule, the model or the space is another. What goes wrong with it is said, and is nothing of the run's.
 */
export async function calibrateAfterRun(
  library: Library,
  { embedded, interrupted }: Pick<IndexSummary, 'embedded' | 'interrupted'>,
  leastPictures: number = LEAST_PICTURES,
): Promise<void> {
  if (interrupted || embedded === 0 || !(await isDue(library, leastPictures))) {
    return;
  }
  await withProgress(async (told, signal) => {
    told.say(
      `Measuring, once, which edited copies of your pictures are known again, by ${SAMPLE} of them; Ctrl-C leaves it out.`,
    );
    try {
      await calibrate(library, told, signal);
    } catch (error) {
      if (signal.aborted) {
        told.say('Left out; "eidetic calibrate" measures it. The pictures are indexed.');
      } else if (error instanceof EideticError) {
        told.say(`Not measured: ${error.message} The pictures are indexed.`);
      } else {
        throw error;
      }
    }
  });
}

async function isDue(library: Library, leastPictures: number): Promise<boolean> {
  const { pictures } = await library.catalog.pictures.counts();
  return pictures >= leastPictures && (await readCalibration(library)) === null && (await isInUse(library));
}

async function calibrate(library: Library, told: ToldProgress, signal: AbortSignal): Promise<void> {
  const request = { edits: COPY_EDITS, pictures: SAMPLE, seed: 1 };
  const { calibration, failures } = await calibrateCopies(
    library,
    request,
    ({ done, total }) => told.update({ label: 'Editing and looking', done, total, failed: 0 }),
    signal,
  );
  for (const failure of failures) {
    told.fail(failure);
  }
  await keepCalibration(library, calibration);
  const line = lineAtScore(COPY_PRESETS.copies);
  const missed = missedLine(await recallAt(library, line), line);
  told.say(`${missed} Reports of copies tell this from now on; "eidetic calibrate" measures more.`);
}
