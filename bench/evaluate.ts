import { basename, dirname, join } from 'node:path';
import { resolveConfig } from '../src/config/resolve-config.ts';
import { type Embedding, similarity } from '../src/domain/embedding.ts';
import type { InstalledModel } from '../src/domain/model.ts';
import { modelKey } from '../src/embedding/model-key.ts';
import { openOnnxSession } from '../src/embedding/onnx-session.ts';
import { type CopyEvaluation, evaluateCopies } from '../src/engine/evaluate-copies.ts';
import { evaluateLabels, type LabelEvaluation } from '../src/engine/evaluate-labels.ts';
import { evaluatedModels } from '../src/engine/evaluated-models.ts';
import { vectorsOf } from '../src/engine/look-at-folders.ts';
import { firstInstead } from '../src/evaluation/rank-copy.ts';
import { SAMPLE_EDITS } from '../src/sample/edits.ts';
import type { SampleEdit } from '../src/sample/sample-truth.ts';
import { createRandom } from '../src/sample/seeded-random.ts';
import type { BenchOptions } from './bench-options.ts';
import { type MatchBounds, matchBounds, type NearestHit } from './match-bounds.ts';
import { photoFolders } from './real-photos.ts';
import { median } from './spread.ts';

/** Photos that the bundled model was not trained on, below `collection`; a folder is a label. */
export const LABELLED_SETS = ['grocery', 'flowers5-orig'];
const SIDES = [160, 192, 224];
const SEED = 1;

/** Of so many photos copies are made. */
const COPIED = 100;

/** Those of the sample that change what is seen. */
const EDITS: readonly SampleEdit[] = [
  'quality-30',
  'quarter',
  'cropped-80',
  'cropped-60',
  'mirrored',
  'rotated',
  'text',
  'border',
  'gray',
  'brighter',
  'mixed',
];

const PASSES = 60;

/**
 * What a model's vectors are worth, for several sizes of its input: how often the nearest of a labelled photo share its
 * label, how often the nearest of an edited copy is its original, where matches end and chance begins, and how long a
 * forward pass takes. Of the bundled model, or the one that is named.
 */
export async function benchEvaluate({ folders: [name], pictures, say }: BenchOptions): Promise<void> {
  const [photos] = photoFolders();
  const config = resolveConfig({}, process.env);
  const [model] = await evaluatedModels(config, name === undefined ? [] : [name]);
  say(`\nQuality of ${model?.manifest.id}: photos of ${LABELLED_SETS.join(' and ')}, seed ${SEED}`);
  if (photos === undefined || model === undefined) {
    say('SKIPPED: EIDETIC_PHOTOS names no folder with these photos.');
    return;
  }
  const models = (model.manifest.input.dynamic ? SIDES : [model.manifest.input.height]).map((side) =>
    atSize(model, side),
  );
  const request = {
    ...({ models, space: 'all', withHash: false } as const),
    folders: LABELLED_SETS.map((set) => join(photos, 'collection', set)),
  };
  const never = new AbortController().signal;
  const labels = await evaluateLabels(config, request, () => {}, never);
  const edits = EDITS.map((edit) => ({ name: edit, make: SAMPLE_EDITS[edit] }));
  const queries = Math.min(COPIED, pictures);
  const copies = await evaluateCopies(config, { ...request, edits, queries, seed: SEED }, () => {}, never);
  for (const { manifest, folder } of models) {
    const { width } = manifest.input;
    say(
      `${width} x ${width} px: ${(await passMs({ manifest, folder })).toFixed(1)} ms a forward pass, one thread`,
    );
    for (const [i, { contender }] of labels.contenders.entries()) {
      if (contender.inputSize === width) {
        tell(i, labels, copies, say);
      }
    }
  }
}

/** The same model with another size of its input. */
function atSize(model: InstalledModel, side: number): InstalledModel {
  const input = { ...model.manifest.input, height: side, width: side, resizeTo: side };
  const manifest = { ...model.manifest, input };
  return { ...model, manifest, key: modelKey(manifest) };
}

/** Median of a forward pass over noise, milliseconds. */
async function passMs({ folder, manifest }: Pick<InstalledModel, 'folder' | 'manifest'>): Promise<number> {
  const session = await openOnnxSession(folder, manifest, 1);
  const random = createRandom(`${SEED}/noise`);
  const { width, height } = manifest.input;
  const input = Float32Array.from({ length: 3 * width * height }, () => random.between(-1, 1));
  const passes: number[] = [];
  for (let pass = 0; pass < PASSES; pass++) {
    const startedAt = performance.now();
    await session.embed([input]);
    passes.push(performance.now() - startedAt);
  }
  await session.release();
  return median(passes);
}

/** @param i which contender */
function tell(i: number, labels: LabelEvaluation, copies: CopyEvaluation, say: (line: string) => void): void {
  const { contender, figures, rankings } = labels.contenders[i] as LabelEvaluation['contenders'][number];
  const found = copies.contenders[i] as CopyEvaluation['contenders'][number];
  const sameLabel = matchBounds(
    rankings.map(({ similarity, isFirstRight }) => ({ similarity, isMatch: isFirstRight })),
  );
  const copyHits = found.rankings.map((ranking) => {
    const instead = firstInstead(ranking);
    return { similarity: instead?.similarity ?? ranking.similarity, isMatch: instead === null };
  });
  const copied = matchBounds([...copyHits, ...strangers(i, labels)]);
  const byEdit = Object.entries(found.figures.recallAt1ByEdit);
  say(
    `  ${contender.space}: label of the first hit ${show(figures.top1.value)}, of the 5 nearest ${show(figures.precisionAt5.value)}`,
  );
  say(`    the same label is ${describeBounds(sameLabel)}`);
  say(
    `    original of an edited copy first: ${show(found.figures.recallAt1.value)} of ${byEdit.length} edits`,
  );
  say(`      ${byEdit.map(([edit, { value }]) => `${edit} ${show(value)}`).join(', ')}`);
  say(`    a copy is ${describeBounds(copied)}`);
}

/** As many that have no copy there: the nearest of each photo, of another label. */
function strangers(i: number, { looked }: LabelEvaluation): NearestHit[] {
  const vectors = vectorsOf(looked.pictures, i);
  const photos = looked.pictures.map(({ path }, at) => ({
    label: basename(dirname(path)),
    vector: vectors[at] as Embedding,
  }));
  return photos.map(({ label, vector }) => ({
    similarity: Math.max(
      ...photos.flatMap((other) => (other.label === label ? [] : [similarity(vector, other.vector)])),
    ),
    isMatch: false,
  }));
}

function describeBounds({ likely, unlikely }: MatchBounds): string {
  return `likely at ${show(likely)}, unlikely below ${show(unlikely)}`;
}

function show(value: number): string {
  return value.toFixed(3);
}
