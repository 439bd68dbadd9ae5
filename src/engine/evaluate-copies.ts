import type { Config } from '../config/config.ts';
import { EideticError } from '../domain/errors.ts';
import type { Contender } from '../evaluation/contender.ts';
import { type CopyFigures, copyFigures } from '../evaluation/copy-figures.ts';
import { type CopySource, drawQueries, rankCopiesOf } from '../evaluation/copy-source.ts';
import type { GrayPicture } from '../evaluation/gray-picture.ts';
import { isNearDuplicate, NearDuplicates } from '../evaluation/near-duplicates.ts';
import { type CopyRanking, firstInstead } from '../evaluation/rank-copy.ts';
import { asCompleted } from '../indexer/as-completed.ts';
import type { CopyEdit } from '../sample/copy-edits.ts';
import { pngOfPixels } from '../sample/png-of-pixels.ts';
import type { EvaluationProgress, EvaluationRequest } from './evaluate-labels.ts';
import type { PathProblem } from './list-files-below.ts';
import {
  describeFound,
  type LookedFolders,
  type LookedPicture,
  type LookProgress,
  lookAtFolders,
  orProblem,
  readAgain,
  vectorsOf,
} from './look-at-folders.ts';
import { PictureLooks } from './picture-looks.ts';
import { positions } from './positions.ts';

/** Longer side of what is edited, pixels: as people pass pictures on, and five times what a model sees. */
export const EDITED_SIDE = 1_024;

/** What copies are made, and of how many pictures. */
export interface CopyRequest extends EvaluationRequest {
  readonly edits: readonly CopyEdit[];
  /** Of so many pictures, or of all where there are fewer. */
  readonly queries: number;
  readonly seed: number;
}

/** Two different pictures of one scene, of which one came first where the other was looked for. */
export interface NearDuplicatePair {
  readonly original: string;
  readonly first: string;
  /** See NearDuplicates. */
  readonly correlation: number;
  /** How many copies of the original found the other first. */
  readonly copies: number;
}

/** How well each contender finds the originals of edited copies. */
export interface CopyEvaluation {
  /** Its failures are also of copies that could not be made. */
  readonly looked: LookedFolders;
  /** Pictures of which copies were made. */
  readonly originals: number;
  readonly contenders: ReadonlyArray<{
    readonly contender: Contender;
    readonly figures: CopyFigures;
    readonly nearDuplicates: readonly NearDuplicatePair[];
    readonly rankings: readonly CopyRanking[];
  }>;
}

/**
 * Evaluates models by edited copies: of a seeded sample of the pictures each edit makes one, which is looked for among all
 * pictures by exact search. What is edited is the upright picture in 8-bit sRGB, at most {@link EDITED_SIDE} pixels on
 * its longer side.
 * @throws EideticError INVALID_INPUT for fewer than two pictures, and as lookAtFolders; the signal's reason
 */
export async function evaluateCopies(
  config: Config,
  { folders, edits, queries, seed, ...settings }: CopyRequest,
  onProgress: (progress: EvaluationProgress) => void,
  signal: AbortSignal,
): Promise<CopyEvaluation> {
  const looks = new PictureLooks({ ...settings, device: config.device, limits: config.limits });
  try {
    const tell = (progress: LookProgress) => onProgress({ phase: 'look', ...progress });
    const choosePaths = (paths: readonly string[], folders: readonly string[]) => {
      requireTwo(paths.length, `${paths.length} files`, folders);
      return paths;
    };
    const folderSettings = { ...config, withGray: true, choosePaths };
    const looked = await lookAtFolders(folders, looks, folderSettings, tell, signal);
    const { pictures } = looked;
    requireTwo(pictures.length, describeFound(looked), looked.folders);
    const source: CopySource = {
      hashes: pictures.map(({ contentHash }) => contentHash),
      banks: looks.contenders.map((_, i) => vectorsOf(pictures, i)),
      ...{ edits, seed },
      original: (at) => editable(pictures[at] as LookedPicture, looks, config.limits.maxBytes, signal),
      look: async (bytes) => (await looks.look(new Uint8Array(bytes), false, signal)).vectors,
    };
    const drawn = drawQueries(pictures.length, queries, seed);
    const found = await rankAll(drawn, source, pictures, looks.parallelism, onProgress, signal);
    requireCopies(found);
    const nearDuplicates = new NearDuplicates(pictures.map(({ gray }) => gray as GrayPicture));
    await compareAll(found.rankings.flat(2), nearDuplicates, onProgress, signal);
    const contenders: CopyEvaluation['contenders'][number][] = [];
    for (const [i, contender] of looks.contenders.entries()) {
      const rankings = found.rankings.flatMap((ofOne) => ofOne[i] as CopyRanking[]);
      contenders.push({
        ...{ contender, rankings },
        figures: copyFigures(rankings, (a, b) => nearDuplicates.are(a, b), `${seed}/copies`),
        nearDuplicates: pairsFirst(rankings, nearDuplicates, pictures),
      });
    }
    const failures = [...looked.failures, ...found.failures];
    return { looked: { ...looked, failures }, originals: drawn.length, contenders };
  } finally {
    await looks.close();
  }
}

/** Rankings between two looks at the signal. */
const RANKINGS_AT_ONCE = 8;

/** Compares originals with all that their copies found, so that what follows only looks it up. */
async function compareAll(
  rankings: readonly CopyRanking[],
  nearDuplicates: NearDuplicates,
  onProgress: (progress: EvaluationProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  for (const [i, { original, others }] of rankings.entries()) {
    if (i % RANKINGS_AT_ONCE === 0) {
      await new Promise(setImmediate);
      signal.throwIfAborted();
      onProgress({ phase: 'compare', done: i, total: rankings.length });
    }
    for (const { at } of others) {
      nearDuplicates.correlation(original, at);
    }
  }
}

/** By the order of originals. */
async function rankAll(
  drawn: readonly number[],
  source: CopySource,
  pictures: readonly LookedPicture[],
  atOnce: number,
  onProgress: (progress: EvaluationProgress) => void,
  signal: AbortSignal,
): Promise<{ rankings: CopyRanking[][][]; failures: PathProblem[] }> {
  const rankings = drawn.map((): CopyRanking[][] => source.banks.map(() => []));
  const failures: PathProblem[] = [];
  const rank = async (i: number) => {
    const at = drawn[i] as number;
    const { path } = pictures[at] as LookedPicture;
    const ranked = await orProblem(path, () => rankCopiesOf(at, source));
    if ('code' in ranked) {
      failures.push(ranked);
      return;
    }
    rankings[i] = ranked.rankings;
    for (const { edit, error } of ranked.unmade) {
      failures.push(await refuseCopy(path, edit, error));
    }
  };
  let done = 0;
  for await (const _ of asCompleted(positions(drawn.length, signal), rank, atOnce)) {
    onProgress({ phase: 'edit', done: ++done, total: drawn.length });
  }
  failures.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { rankings, failures };
}

function refuseCopy(path: string, edit: string, error: unknown): Promise<PathProblem> {
  return orProblem<never>(`${path} (${edit})`, () => {
    throw unmadeCopy(error);
  });
}

/** A picture of a few pixels has no thirty percent to cut out: that copy is missing, and it is told. */
export function unmadeCopy(error: unknown): EideticError {
  return error instanceof EideticError
    ? error
    : new EideticError('IMAGE_UNREADABLE', `The copy cannot be made: ${(error as Error).message}.`);
}

/** Pixels of a picture when its longer side has {@link EDITED_SIDE} at most. */
export function editedSize(size: { readonly width: number; readonly height: number }): {
  width: number;
  height: number;
} {
  const scale = Math.min(1, EDITED_SIDE / Math.max(size.width, size.height));
  const scaled = (side: number) => Math.max(1, Math.round(side * scale));
  return { width: scaled(size.width), height: scaled(size.height) };
}

/** A picture file of it, small enough to be edited quickly. */
async function editable(
  picture: LookedPicture,
  looks: PictureLooks,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Buffer> {
  const { width, height } = editedSize(picture);
  const bytes = await readAgain(picture, maxBytes);
  return pngOfPixels(await looks.pixels(bytes, width, height, signal), width, height);
}

function pairsFirst(
  rankings: readonly CopyRanking[],
  nearDuplicates: NearDuplicates,
  pictures: readonly LookedPicture[],
): NearDuplicatePair[] {
  const pairs = new Map<string, NearDuplicatePair>();
  for (const ranking of rankings) {
    const { original } = ranking;
    const at = firstInstead(ranking)?.at;
    const correlation = at === undefined ? 0 : nearDuplicates.correlation(original, at);
    if (at !== undefined && isNearDuplicate(correlation)) {
      const key = `${original} ${at}`;
      const paths = {
        original: (pictures[original] as LookedPicture).path,
        first: (pictures[at] as LookedPicture).path,
      };
      pairs.set(key, { ...paths, correlation, copies: (pairs.get(key)?.copies ?? 0) + 1 });
    }
  }
  return [...pairs.values()];
}

/** @param found what there are so many of */
function requireTwo(count: number, found: string, folders: readonly string[]): void {
  if (count < 2) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found ${found} in ${folders.join(', ')}, expected two different pictures or more: a copy of one is to be told from the others.`,
    );
  }
}

/** Figures of nothing would be none. */
function requireCopies({
  rankings,
  failures,
}: {
  readonly rankings: CopyRanking[][][];
  readonly failures: readonly PathProblem[];
}): void {
  if (rankings.every(([first]) => (first as CopyRanking[]).length === 0)) {
    const { path, message } = failures[0] as PathProblem;
    throw new EideticError('IMAGE_UNREADABLE', `No copy could be made or looked at; of ${path}: ${message}`);
  }
}
