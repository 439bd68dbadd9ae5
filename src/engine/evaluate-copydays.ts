import type { Config } from '../config/config.ts';
import type { Embedding } from '../domain/embedding.ts';
import { EideticError } from '../domain/errors.ts';
import { isAtOrBelow } from '../domain/is-below.ts';
import type { Contender } from '../evaluation/contender.ts';
import { copydaysFigures, type PartFigures } from '../evaluation/copydays-figures.ts';
import { type CopydaysFile, copydaysFile, ORIGINAL, partsOf } from '../evaluation/copydays-parts.ts';
import { type CopydaysScore, scoreCopy } from '../evaluation/score-copy.ts';
import { outermostFolders } from '../indexer/outermost-folders.ts';
import { afterEachQuery } from './after-each-query.ts';
import type { EvaluationProgress, EvaluationSettings } from './evaluate-labels.ts';
import { foldersApart } from './folders-apart.ts';
import {
  filesOf,
  type LookedFolders,
  type LookedPicture,
  lookAtFolders,
  vectorsOf,
} from './look-at-folders.ts';
import { PictureLooks } from './picture-looks.ts';

/** The folder of Copydays, and perhaps one of other pictures that are searched with the originals. */
export interface CopydaysRequest extends EvaluationSettings {
  readonly folder: string;
  readonly distractors: string | null;
}

/** How well each contender finds the originals of Copydays. */
export interface CopydaysEvaluation {
  readonly looked: LookedFolders;
  /** Pictures that were searched, beside the distractors. */
  readonly originals: number;
  readonly distractors: number;
  /** Distractors that were left out, since they have the same bytes as a picture of Copydays. */
  readonly sameDistractors: readonly string[];
  /** Copies that were not looked for, since their original is not there or could not be read. */
  readonly withoutOriginal: readonly string[];
  readonly contenders: ReadonlyArray<{
    readonly contender: Contender;
    readonly byPart: Readonly<Record<string, PartFigures>>;
  }>;
}

/** Of the bootstrap alone: nothing else is drawn. */
const SEED = '1/copydays';

/**
 * Evaluates models on INRIA Copydays (M. Douze et al., Evaluation of GIST descriptors for web-scale image search, 2009) as
 * DINO's eval_copy_detection.py does, without whitening: see copydaysFile and scoreCopy. Originals are looked for too, as there.
 * @throws EideticError INVALID_INPUT when there are no originals or no copies; as foldersApart and lookAtFolders; the
 *   signal's reason
 */
export async function evaluateCopydays(
  config: Config,
  { folder: named, distractors, ...settings }: CopydaysRequest,
  onProgress: (progress: EvaluationProgress) => void,
  signal: AbortSignal,
): Promise<CopydaysEvaluation> {
  const folders =
    distractors === null ? await outermostFolders([named], []) : await foldersApart(named, distractors);
  const [folder = named] = folders;
  const looks = new PictureLooks({ ...settings, device: config.device, limits: config.limits });
  try {
    const looked = await lookAtFolders(
      folders,
      looks,
      { ...config, withGray: false, choosePaths: (paths) => choose(paths, folder) },
      (progress) => onProgress({ phase: 'look', ...progress }),
      signal,
    );
    const found = sortFiles(filesOf(looked), folder);
    const originals = found.copies.filter(({ file }) => file.part === ORIGINAL);
    const asked = found.copies.filter(({ file }) =>
      originals.some((original) => original.file.block === file.block),
    );
    requireCopies(originals.length, asked.length, folder);
    const after = afterEachQuery(asked.length * looks.contenders.length, onProgress, signal);
    const parts = partsOf(asked.map(({ file }) => file));
    const contenders: CopydaysEvaluation['contenders'][number][] = [];
    for (const [i, contender] of looks.contenders.entries()) {
      const bank = vectorsOf([...originals.map(({ picture }) => picture), ...found.distractors], i);
      const scores: CopydaysScore[] = [];
      for (const { file, picture } of asked) {
        const right = new Set([...originals.keys()].filter((at) => originals[at]?.file.block === file.block));
        const averagePrecision = scoreCopy(picture.vectors[i] as Embedding, bank, right);
        scores.push({ part: file.part, block: file.block, averagePrecision });
        await after();
      }
      contenders.push({ contender, byPart: copydaysFigures(scores, parts, SEED) });
    }
    return {
      ...{ looked, contenders, originals: originals.length, distractors: found.distractors.length },
      sameDistractors: found.same.map(({ path }) => path),
      withoutOriginal: found.copies.filter((copy) => !asked.includes(copy)).map(({ file }) => file.path),
    };
  } finally {
    await looks.close();
  }
}

interface LookedCopy {
  readonly file: CopydaysFile;
  readonly picture: LookedPicture;
}

/** Tells copies from distractors, and those of them that are no others. */
function sortFiles(files: readonly LookedPicture[], folder: string) {
  const copies: LookedCopy[] = [];
  const others: LookedPicture[] = [];
  for (const picture of files) {
    const file = isAtOrBelow(picture.path, folder) ? copydaysFile(folder, picture.path) : null;
    if (file === null) {
      others.push(picture);
    } else {
      copies.push({ file, picture });
    }
  }
  const known = new Set(copies.map(({ picture }) => picture.contentHash));
  return {
    copies,
    distractors: others.filter(({ contentHash }) => !known.has(contentHash)),
    same: others.filter(({ contentHash }) => known.has(contentHash)),
  };
}

/** Distractors, and what is named as Copydays names it. */
function choose(paths: readonly string[], folder: string): string[] {
  const named = paths
    .filter((path) => isAtOrBelow(path, folder))
    .map((path) => copydaysFile(folder, path))
    .filter((file) => file !== null);
  const originals = named.filter(({ part }) => part === ORIGINAL).length;
  requireCopies(originals, named.length, folder);
  const chosen = new Set(named.map(({ path }) => path));
  return paths.filter((path) => chosen.has(path) || !isAtOrBelow(path, folder));
}

/** @param named originals and copies that have one */
function requireCopies(originals: number, named: number, folder: string): void {
  if (originals === 0 || named === originals) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found ${originals} originals and ${named - originals} copies in ${folder}, expected some of both, named by six digits as in Copydays: originals in the folder original, copies in strong, crops/50, jpegqual/3 and the like; or all in one folder, where 00 at the end of a name means an original.`,
    );
  }
}
