import { readFile } from 'node:fs/promises';
import { COPY_RULE_VERSION, COPY_SCORE, type Judgement, scoredPair } from '../copies/judge-pair.ts';
import type { ScoredPair } from '../domain/copy-line.ts';
import { EideticError } from '../domain/errors.ts';
import type { PictureId } from '../domain/picture.ts';
import type { CatalogPicture } from '../domain/picture-catalog.ts';
import { vectorIn } from '../domain/space.ts';
import type { VectorIndex } from '../domain/vector-index.ts';
import { FIRST_LOOKED_AT, lookFromNearest } from '../duplicates/look-from-nearest.ts';
import { asCompleted } from '../indexer/as-completed.ts';
import type { CopyEdit } from '../sample/copy-edits.ts';
import { pngOfPixels } from '../sample/png-of-pixels.ts';
import { createRandom } from '../sample/seeded-random.ts';
import type { Calibration } from './calibration-file.ts';
import { editedSize, unmadeCopy } from './evaluate-copies.ts';
import { picturesNear } from './lay-over-near.ts';
import type { Library } from './library.ts';
import { originalOf } from './library-originals.ts';
import type { PathProblem } from './list-files-below.ts';
import { orProblem } from './look-at-folders.ts';
import type { VerifiedPair } from './pair-verifier.ts';
import { MOST_LOOKED_AT } from './picture-match.ts';
import { pixelsAtSize } from './pixels-at-size.ts';
import { positions } from './positions.ts';

/** Which pictures are edited, and how: so many (two at least, or all where there are fewer), drawn by a seed. */
export interface CalibrationRequest {
  readonly edits: readonly CopyEdit[];
  readonly pictures: number;
  readonly seed: number;
}

/** What was measured, and what could not be. */
export interface CalibrationRun {
  readonly calibration: Calibration;
  /** Pictures that could not be read, and copies that could not be made. */
  readonly failures: readonly PathProblem[];
}

/** With fewer pictures nothing is told of copies among them. */
const LEAST_PICTURES = 2;

/**
 * Measures which edited copies of a library's own pictures it knows again: of a seeded sample each edit makes one, which is
 * looked for among all of them. Nothing is added to the library.
 * @throws EideticError INVALID_INPUT for fewer than two pictures that can be read; MODEL_UNAVAILABLE; CATALOG_*; the signal's
 *   reason
 */
export async function calibrateCopies(
  library: Library,
  { edits, pictures, seed }: CalibrationRequest,
  onProgress: (progress: { readonly done: number; readonly total: number }) => void,
  signal: AbortSignal,
): Promise<CalibrationRun> {
  const { space } = library.spaces.forCopies;
  const { index } = await library.spaces.forCopies.index.current();
  const sample = await drawPictures(library, Math.max(LEAST_PICTURES, pictures), seed);
  if (sample.length < LEAST_PICTURES) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found ${sample.length === 1 ? '1 picture' : 'no picture'} in the library ${library.config.library}, expected ${LEAST_PICTURES} or more: a copy of one is to be told from the others; index a folder first.`,
    );
  }
  const parts = { library, index, edits, seed, sample, signal };
  const edited: EditedPicture[] = [];
  const failures: PathProblem[] = [];
  const work = async (at: number) => {
    const outcome = await orProblem(pathOf(sample[at] as CatalogPicture), () => editPicture(at, parts));
    if ('code' in outcome) {
      failures.push(outcome);
    } else {
      edited[at] = outcome;
      failures.push(...outcome.failures);
    }
  };
  let done = 0;
  for await (const _ of asCompleted(positions(sample.length, signal), work, library.verifier().parallelism)) {
    onProgress({ done: ++done, total: sample.length });
  }
  const measured = edited.filter((one) => one !== undefined);
  if (measured.length === 0) {
    const [first] = failures;
    throw new EideticError('IMAGE_UNREADABLE', `No copy could be made; of ${first?.path}: ${first?.message}`);
  }
  return {
    calibration: {
      ...{ ruleVersion: COPY_RULE_VERSION, space: space.id, revision: space.revision },
      ...{ modelKey: space.modelKey, seed, pictures: measured.length },
      edits: edits.map(({ name }) => ({
        edit: name,
        copies: measured.flatMap(({ found }) => (found.has(name) ? [found.get(name) ?? null] : [])),
      })),
    },
    failures: failures.sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

interface CalibrationParts extends Pick<CalibrationRequest, 'edits' | 'seed'> {
  readonly library: Library;
  /** Of the space for copies. */
  readonly index: VectorIndex;
  readonly sample: readonly CatalogPicture[];
  readonly signal: AbortSignal;
}

interface EditedPicture {
  /** By edit: see Calibration. */
  readonly found: ReadonlyMap<string, ScoredPair | null>;
  readonly failures: readonly PathProblem[];
}

/** Makes all copies of a picture of the sample and looks for each. */
async function editPicture(at: number, parts: CalibrationParts): Promise<EditedPicture> {
  const { sample, edits, seed } = parts;
  const picture = sample[at] as CatalogPicture;
  const other = sample[(at + 1) % sample.length] as CatalogPicture;
  const original = await editable(picture, parts);
  const found = new Map<string, ScoredPair | null>();
  const failures: PathProblem[] = [];
  for (const edit of edits) {
    parts.signal.throwIfAborted();
    const random = createRandom(`${seed}/${picture.contentHash}/${edit.name}`);
    const outcome = await orProblem(`${pathOf(picture)} (${edit.name})`, async () => {
      const made = edit.make(original, random, () => editable(other, parts));
      const copy = await made.catch((error: unknown) => {
        throw unmadeCopy(error);
      });
      return { pair: await lookFor(picture, copy, parts) };
    });
    if ('code' in outcome) {
      failures.push(outcome);
    } else {
      found.set(edit.name, outcome.pair);
    }
  }
  return { found, failures };
}

/**
 * What is found of a copy and its original, where a report would come to look at that, and would call it a copy at some line:
 * others are looked at only as far as it takes to know.
 */
async function lookFor(
  original: CatalogPicture,
  made: Buffer,
  { library, index, signal }: CalibrationParts,
): Promise<ScoredPair | null> {
  const verifier = library.verifier();
  const bytes = new Uint8Array(made);
  const described = await library.embedder().describe(new Uint8Array(bytes), undefined, signal);
  const embedding = vectorIn(library.spaces.forCopies.space, described);
  const copy = await verifier.views.ofBytes(bytes, signal);
  const lookAt = async (picture: CatalogPicture) => {
    signal.throwIfAborted();
    return verifier.verify(copy, await verifier.views.ofPicture(picture), signal);
  };
  const near: CatalogPicture[] = [];
  for await (const { picture } of picturesNear(library, index, embedding)) {
    near.push(picture);
    if (picture.id === original.id || near.length === MOST_LOOKED_AT) {
      break;
    }
  }
  const isReached =
    near.at(-1)?.id === original.id &&
    (near.length <= FIRST_LOOKED_AT || (await leadsTo(near, async (one) => mayBeCopy(await lookAt(one)))));
  return isReached ? countedPair(await lookAt(original)) : null;
}

function mayBeCopy({ verdict }: Judgement): boolean {
  return verdict === 'copy' || verdict === 'unsure';
}

/** Read as a page, it is a copy wherever the line is drawn, as the rule has it, or at none. */
function countedPair(verified: VerifiedPair): ScoredPair | null {
  if (!mayBeCopy(verified)) {
    return null;
  }
  const isCopy = verified.verdict === 'copy';
  return scoredPair(verified) ?? (isCopy ? { score: COPY_SCORE, isHeldBack: false } : null);
}

/** Whether looking from the nearest on comes to the last of them. */
async function leadsTo(
  near: readonly CatalogPicture[],
  look: (picture: CatalogPicture) => Promise<boolean>,
): Promise<boolean> {
  let reached = 0;
  await lookFromNearest(inTurn(near), async (picture) => {
    reached++;
    return reached === near.length || look(picture);
  });
  return reached === near.length;
}

async function* inTurn<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}

/** A picture file of it, small enough to be edited quickly. */
async function editable(picture: CatalogPicture, { library, signal }: CalibrationParts): Promise<Buffer> {
  const { width, height } = editedSize(picture);
  const bytes = new Uint8Array(await readFile(await originalOf(library, picture)));
  const { rgb } = await pixelsAtSize(library.decoders, bytes, { width, height }, signal);
  return pngOfPixels(rgb, width, height);
}

/** Draws before one id that was drawn already, in vain, until it is taken that there are no others. */
const MOST_IN_VAIN = 20;

/** Each about as likely as any other, by ascending id; the same for the same library and seed. */
async function drawPictures(
  { catalog }: Library,
  wanted: number,
  seed: number,
): Promise<readonly CatalogPicture[]> {
  const [newest] = await catalog.pictures.newest({}, 1);
  const random = createRandom(`${seed}/calibrate`);
  const drawn = new Set<PictureId>();
  for (let inVain = 0; newest !== undefined && drawn.size < wanted && inVain < MOST_IN_VAIN; ) {
    const [id] = await catalog.pictures.newest({}, 1, random.whole(2, newest + 1));
    inVain = id === undefined || drawn.has(id) ? inVain + 1 : 0;
    if (id !== undefined) {
      drawn.add(id);
    }
  }
  return catalog.pictures.pictures([...drawn].sort((a, b) => a - b));
}

function pathOf({ files: [first] }: CatalogPicture): string {
  return first?.path ?? '';
}
