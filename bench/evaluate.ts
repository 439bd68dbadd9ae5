import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { VectorName } from '../src/domain/descriptor.ts';
import { type Embedding, similarity } from '../src/domain/embedding.ts';
import type { ModelManifest } from '../src/domain/model.ts';
import { DEFAULT_PICTURE_LIMITS } from '../src/domain/picture-limits.ts';
import { openModelFolder } from '../src/embedding/model-folder.ts';
import { openOnnxSession } from '../src/embedding/onnx-session.ts';
import { preparePicture } from '../src/imaging/prepare-picture.ts';
import { SAMPLE_EDITS } from '../src/sample/edits.ts';
import type { SampleEdit } from '../src/sample/sample-truth.ts';
import { createRandom } from '../src/sample/seeded-random.ts';
import type { BenchOptions } from './bench-options.ts';
import { BUNDLED_FOLDER } from './bundled-model.ts';
import { type MatchBounds, matchBounds, type NearestHit } from './match-bounds.ts';
import { filesBelow, photoFolders } from './real-photos.ts';
import { median } from './spread.ts';

/** Photos that the bundled model was not trained on, below `collection`; a folder is a label. */
const LABELLED_SETS = ['grocery', 'flowers5-orig'];
const SIDES = [160, 192, 224];
const NEAREST = 5;
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

interface Described {
  readonly label: string;
  readonly vectors: ReadonlyMap<VectorName, Embedding>;
}

interface Copy extends Described {
  readonly edit: SampleEdit;
  /** Position of the photo that it was made from. */
  readonly of: number;
}

interface Quality {
  readonly firstShares: number;
  readonly nearestShare: number;
  readonly labels: MatchBounds;
  readonly byEdit: ReadonlyMap<SampleEdit, number>;
  readonly copies: MatchBounds;
}

/**
 * What a model's vectors are worth, for several sizes of its input: how often the nearest of a labelled photo share its
 * label, how often the nearest of an edited copy is its original, where matches end and chance begins, and how long a
 * forward pass takes. Of the bundled model, or the one in the folder that is named.
 */
export async function benchEvaluate({ folders, pictures, say }: BenchOptions): Promise<void> {
  const [photos] = photoFolders();
  const sets = LABELLED_SETS.map((set) => join(photos ?? '', 'collection', set));
  const files = photos === undefined ? [] : filesBelow(sets, /\.jpe?g$/i).slice(0, pictures);
  const { manifest, folder } = await openModelFolder(folders[0] ?? BUNDLED_FOLDER);
  say(`\nQuality of ${manifest.id}: ${files.length} photos of ${LABELLED_SETS.join(' and ')}, seed ${SEED}`);
  if (files.length === 0) {
    say('SKIPPED: EIDETIC_PHOTOS names no folder with these photos.');
    return;
  }
  for (const side of manifest.input.dynamic ? SIDES : [manifest.input.height]) {
    const input = { ...manifest.input, height: side, width: side, resizeTo: side };
    await evaluateAt(folder, { ...manifest, input }, files, say);
  }
}

async function evaluateAt(
  folder: string,
  manifest: ModelManifest,
  files: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  const { input } = manifest;
  const session = await openOnnxSession(folder, manifest, 1);
  const passes: number[] = [];
  const describe = async (bytes: Uint8Array): Promise<Described['vectors']> => {
    const { inputs } = await preparePicture(bytes, [input], DEFAULT_PICTURE_LIMITS);
    const startedAt = performance.now();
    const [descriptor] = await session.embed(inputs);
    passes.push(performance.now() - startedAt);
    return new Map(Object.entries(descriptor ?? {}).map(([name, { unit }]) => [name, unit]));
  };
  const bank: Described[] = [];
  const copies: Copy[] = [];
  const every = Math.max(1, Math.floor(files.length / COPIED));
  for (const [of, file] of files.entries()) {
    const label = basename(dirname(file));
    const bytes = readFileSync(file);
    bank.push({ label, vectors: await describe(bytes) });
    for (const edit of of % every === 0 ? EDITS : []) {
      const edited = await SAMPLE_EDITS[edit](bytes, createRandom(`${SEED} ${of} ${edit}`));
      copies.push({ label, of, edit, vectors: await describe(edited) });
    }
  }
  await session.release();
  say(`${input.width} x ${input.height} px: ${median(passes).toFixed(1)} ms a forward pass, one thread`);
  for (const name of ['cls', ...Object.keys(manifest.outputs.vectors ?? {})]) {
    tell(name, qualityOf(name, bank, copies), say);
  }
}

function qualityOf(name: VectorName, bank: readonly Described[], copies: readonly Copy[]): Quality {
  const vectors = bank.map((photo) => vectorOf(photo, name));
  const labelHits = bank.map((photo, i) => {
    const near = nearest(vectors[i] as Embedding, vectors, NEAREST, i);
    return near.map(({ at, ...hit }) => ({ ...hit, isMatch: bank[at]?.label === photo.label }));
  });
  const firsts = labelHits.flatMap((hits) => hits.slice(0, 1));
  const copyHits = copies.map((copy) => {
    const [hit] = nearest(vectorOf(copy, name), vectors, 1);
    return { edit: copy.edit, similarity: hit?.similarity ?? -1, isMatch: hit?.at === copy.of };
  });
  // As many that have no copy there: the nearest of each photo but itself, of another label.
  const strangers = bank.flatMap((photo, i) => {
    const others = vectors.filter((_, at) => bank[at]?.label !== photo.label);
    return nearest(vectors[i] as Embedding, others, 1).map(({ at: _, ...hit }) => ({
      ...hit,
      isMatch: false,
    }));
  });
  return {
    firstShares: shareOf(firsts),
    nearestShare: shareOf(labelHits.flat()),
    labels: matchBounds(firsts),
    byEdit: new Map(EDITS.map((edit) => [edit, shareOf(copyHits.filter((hit) => hit.edit === edit))])),
    copies: matchBounds([...copyHits, ...strangers]),
  };
}

/** @param without position of one that is left out */
function nearest(query: Embedding, vectors: readonly Embedding[], count: number, without = -1) {
  return vectors
    .map((vector, at) => ({ at, similarity: similarity(query, vector) }))
    .filter(({ at }) => at !== without)
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, count);
}

function vectorOf({ vectors }: Described, name: VectorName): Embedding {
  const vector = vectors.get(name);
  if (vector === undefined) {
    throw new Error(`the model gave no vector "${name}"`);
  }
  return vector;
}

function shareOf(hits: readonly Pick<NearestHit, 'isMatch'>[]): number {
  return hits.filter(({ isMatch }) => isMatch).length / hits.length;
}

function tell(name: VectorName, quality: Quality, say: (line: string) => void): void {
  const { firstShares, nearestShare, labels, byEdit, copies } = quality;
  const mean = [...byEdit.values()].reduce((sum, share) => sum + share, 0) / byEdit.size;
  say(
    `  ${name}: label of the first hit ${show(firstShares)}, of the ${NEAREST} nearest ${show(nearestShare)}`,
  );
  say(`    the same label is likely at ${show(labels.likely)}, unlikely below ${show(labels.unlikely)}`);
  say(`    original of an edited copy first: ${show(mean)} on average of ${byEdit.size} edits`);
  say(`      ${[...byEdit].map(([edit, share]) => `${edit} ${show(share)}`).join(', ')}`);
  say(`    a copy is likely at ${show(copies.likely)}, unlikely below ${show(copies.unlikely)}`);
}

function show(value: number): string {
  return value.toFixed(3);
}
