import { join } from 'node:path';
import { copiesToText } from '../src/cli/eval-copies-text.ts';
import { labelsToText } from '../src/cli/eval-labels-text.ts';
import { resolveConfig } from '../src/config/resolve-config.ts';
import { evaluateCopies } from '../src/engine/evaluate-copies.ts';
import { evaluateLabels } from '../src/engine/evaluate-labels.ts';
import { evaluatedModels } from '../src/engine/evaluated-models.ts';
import type { BenchOptions } from './bench-options.ts';
import { LABELLED_SETS } from './evaluate.ts';
import { findForeignPrograms, foreignEdits } from './foreign-edits.ts';
import { photoFolders } from './real-photos.ts';

/** Of so many photos copies are made. */
const COPIED = 200;
const SEED = 1;

/**
 * Models beside each other and beside a 64-bit perceptual hash, over photos that the bundled one was not trained on: by
 * labels, each set apart, and by copies that other programs have edited, all sets together. Of the bundled model, or those
 * named (id or folder).
 */
export async function benchForeignCopies({ folders: names, pictures, say }: BenchOptions): Promise<void> {
  say('\nModels by labels, and by copies that ImageMagick and ffmpeg have edited');
  const [photos] = photoFolders();
  const programs = findForeignPrograms(say);
  if (photos === undefined || programs === null) {
    say('SKIPPED: EIDETIC_PHOTOS names no folder of photos, or a program is missing.');
    return;
  }
  const config = resolveConfig({}, process.env);
  const models = await evaluatedModels(config, names);
  const settings = { models, space: 'all', withHash: true } as const;
  const folders = LABELLED_SETS.map((set) => join(photos, 'collection', set));
  const never = new AbortController().signal;
  const timed = async (title: string, lines: () => Promise<string[]>) => {
    const startedAt = performance.now();
    const text = await lines();
    say([`\n${title} (${((performance.now() - startedAt) / 1_000).toFixed(0)} s)`, ...text].join('\n'));
  };
  for (const folder of folders) {
    await timed('Labels', async () =>
      labelsToText(await evaluateLabels(config, { ...settings, folders: [folder] }, () => {}, never)),
    );
  }
  await timed('Copies', async () => {
    const request = { ...settings, folders, edits: foreignEdits(programs), seed: SEED };
    const queries = Math.min(COPIED, pictures);
    return copiesToText(await evaluateCopies(config, { ...request, queries }, () => {}, never), SEED);
  });
}
