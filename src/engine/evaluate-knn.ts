import { sep } from 'node:path';
import type { Config } from '../config/config.ts';
import { EideticError } from '../domain/errors.ts';
import { isAtOrBelow, pathBelow } from '../domain/is-below.ts';
import { classifyPictures } from '../evaluation/classify-pictures.ts';
import type { Contender } from '../evaluation/contender.ts';
import { type KnnFigures, knnFigures } from '../evaluation/knn-figures.ts';
import { NEIGHBORS } from '../evaluation/vote-for-class.ts';
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

/** Two folders of pictures by class, each in a folder of its own. */
export interface KnnRequest extends EvaluationSettings {
  readonly train: string;
  readonly test: string;
}

/** How well the nearest training pictures tell the classes of test pictures. */
export interface KnnEvaluation {
  readonly looked: LookedFolders;
  /** Absolute. */
  readonly train: string;
  readonly test: string;
  readonly classes: number;
  /** Files that could be read, also those with the same bytes as another. */
  readonly trainPictures: number;
  readonly testPictures: number;
  /** Test files with the same bytes as a training file, which find themselves. */
  readonly alsoInTrain: readonly string[];
  readonly contenders: ReadonlyArray<{
    readonly contender: Contender;
    readonly figures: readonly KnnFigures[];
  }>;
}

/**
 * Evaluates models by DINO's weighted nearest neighbors; see voteForClass. The class of a picture is the folder directly
 * below the training or test folder that holds it, as torchvision's ImageFolder has it.
 * @throws EideticError INVALID_INPUT for fewer than two classes, for such as only one folder has, and for fewer training
 *   pictures than the fewest that vote; as foldersApart and lookAtFolders; the signal's reason
 */
export async function evaluateKnn(
  config: Config,
  { train, test, ...settings }: KnnRequest,
  onProgress: (progress: EvaluationProgress) => void,
  signal: AbortSignal,
): Promise<KnnEvaluation> {
  const [trainFolder, testFolder] = await foldersApart(train, test);
  const looks = new PictureLooks({ ...settings, device: config.device, limits: config.limits });
  try {
    const choosePaths = (paths: readonly string[]) => choose(paths, trainFolder, testFolder);
    const looked = await lookAtFolders(
      [trainFolder, testFolder],
      looks,
      { ...config, withGray: false, choosePaths },
      (progress) => onProgress({ phase: 'look', ...progress }),
      signal,
    );
    const files = filesOf(looked);
    const trained = files.filter(({ path }) => isAtOrBelow(path, trainFolder));
    const tested = files.filter(({ path }) => isAtOrBelow(path, testFolder));
    requireEnough(trained.length, tested.length, trainFolder, testFolder);
    const neighbors = NEIGHBORS.filter((k) => k <= trained.length);
    const after = afterEachQuery(tested.length * looks.contenders.length, onProgress, signal);
    const contenders: KnnEvaluation['contenders'][number][] = [];
    for (const [i, contender] of looks.contenders.entries()) {
      const votes = await classifyPictures(
        classed(trained, trainFolder, i),
        classed(tested, testFolder, i),
        neighbors,
        after,
      );
      contenders.push({ contender, figures: knnFigures(neighbors, votes) });
    }
    const known = new Set(trained.map(({ contentHash }) => contentHash));
    return {
      ...{ looked, train: trainFolder, test: testFolder, contenders },
      classes: new Set(trained.map(({ path }) => classOf(path, trainFolder))).size,
      ...{ trainPictures: trained.length, testPictures: tested.length },
      alsoInTrain: tested.filter(({ contentHash }) => known.has(contentHash)).map(({ path }) => path),
    };
  } finally {
    await looks.close();
  }
}

/** The name of the folder directly below that holds it; null for what lies in none. */
function classOf(path: string, folder: string): string | null {
  const [name = '', ...rest] = isAtOrBelow(path, folder) ? pathBelow(folder, path).split(sep) : [];
  return rest.length === 0 ? null : name;
}

function classed(pictures: readonly LookedPicture[], folder: string, contender: number) {
  const classes = pictures.map(({ path }) => classOf(path, folder) as string);
  return { classes, vectors: vectorsOf(pictures, contender) };
}

/** Those that have a class. Whether both sides have the same is asked before hours of work. */
function choose(paths: readonly string[], train: string, test: string): string[] {
  const classesIn = (folder: string) =>
    new Set(paths.map((path) => classOf(path, folder)).filter((name) => name !== null));
  const [inTrain, inTest] = [classesIn(train), classesIn(test)];
  const onlyTrain = [...inTrain].filter((name) => !inTest.has(name));
  const onlyTest = [...inTest].filter((name) => !inTrain.has(name));
  if (onlyTrain.length > 0 || onlyTest.length > 0) {
    const sides = [only(onlyTrain, train), only(onlyTest, test)].filter((side) => side !== null);
    throw new EideticError(
      'INVALID_INPUT',
      `Found classes without a counterpart: ${sides.join('; ')}; expected the same in both. A class is a folder directly in either, with files in it.`,
    );
  }
  if (inTrain.size < 2) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found ${inTrain.size} classes in ${train} and ${test}, expected two or more, each a folder of pictures directly in both.`,
    );
  }
  return paths.filter((path) => classOf(path, train) !== null || classOf(path, test) !== null);
}

/** Classes named one by one. */
const NAMED = 10;

function only(classes: readonly string[], folder: string): string | null {
  const names = classes.slice(0, NAMED).map((name) => JSON.stringify(name));
  const more = classes.length > NAMED ? ` and ${classes.length - NAMED} more` : '';
  return classes.length === 0 ? null : `only in ${folder} ${names.join(', ')}${more}`;
}

function requireEnough(trained: number, tested: number, train: string, test: string): void {
  const [fewest] = NEIGHBORS;
  if (trained < fewest || tested === 0) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found ${trained} pictures that could be read in ${train} and ${tested} in ${test}, expected ${fewest} or more and one or more: so many neighbors vote.`,
    );
  }
}
