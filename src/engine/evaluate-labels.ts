import { basename, dirname } from 'node:path';
import type { Config } from '../config/config.ts';
import { EideticError } from '../domain/errors.ts';
import type { Contender } from '../evaluation/contender.ts';
import { figuresByLabel, type LabelFigures, labelFigures } from '../evaluation/label-figures.ts';
import { type LabelRanking, rankByLabels } from '../evaluation/rank-by-labels.ts';
import {
  describeFound,
  type LookedFolders,
  type LookProgress,
  lookAtFolders,
  vectorsOf,
} from './look-at-folders.ts';
import { type LookSettings, PictureLooks } from './picture-looks.ts';

/** Told how an evaluation goes on. */
export type EvaluationProgress =
  | ({ readonly phase: 'look' } & LookProgress)
  | { readonly phase: 'edit' | 'compare'; readonly done: number; readonly total: number };

/** What pictures are evaluated with. */
export type EvaluationSettings = Omit<LookSettings, 'device' | 'limits'>;

/** What folders are evaluated with. */
export type EvaluationRequest = EvaluationSettings & { readonly folders: readonly string[] };

/** How well each contender finds pictures with the same label. */
export interface LabelEvaluation {
  readonly looked: LookedFolders;
  /** Labels that two or more pictures have. */
  readonly labels: number;
  /** Pictures that are alone with their label: found by others, and looking for nothing. */
  readonly alone: number;
  readonly contenders: ReadonlyArray<{
    readonly contender: Contender;
    readonly figures: LabelFigures;
    readonly byLabel: ReadonlyMap<string, LabelFigures>;
    readonly rankings: readonly LabelRanking[];
  }>;
}

/** Of the bootstrap alone: nothing else is drawn. */
const SEED = '1/labels';

/**
 * Evaluates models by labels: that of a picture is the name of the folder that holds its file. See rankByLabels.
 * @throws EideticError INVALID_INPUT for fewer than two labels, or none that two pictures have, and as lookAtFolders; the
 *   signal's reason
 */
export async function evaluateLabels(
  config: Config,
  { folders, ...settings }: EvaluationRequest,
  onProgress: (progress: EvaluationProgress) => void,
  signal: AbortSignal,
): Promise<LabelEvaluation> {
  const looks = new PictureLooks({ ...settings, device: config.device, limits: config.limits });
  try {
    const tell = (progress: LookProgress) => onProgress({ phase: 'look', ...progress });
    const choosePaths = (paths: readonly string[], folders: readonly string[]) => {
      requireLabels(paths.map(labelOf), `${paths.length} files`, folders);
      return paths;
    };
    const folderSettings = { ...config, withGray: false, choosePaths };
    const looked = await lookAtFolders(folders, looks, folderSettings, tell, signal);
    const labels = looked.pictures.map(({ path }) => labelOf(path));
    const counts = requireLabels(labels, describeFound(looked), looked.folders);
    const total = labels.length * looks.contenders.length;
    let done = 0;
    const contenders: LabelEvaluation['contenders'][number][] = [];
    for (const [i, contender] of looks.contenders.entries()) {
      const onRanked = (count: number) => {
        done += count;
        onProgress({ phase: 'compare', done, total });
      };
      const rankings = await rankByLabels(labels, vectorsOf(looked.pictures, i), onRanked, signal);
      contenders.push({
        ...{ contender, rankings },
        figures: labelFigures(rankings, SEED),
        byLabel: figuresByLabel(rankings, SEED),
      });
    }
    const alone = counts.filter((count) => count === 1).length;
    return { looked, labels: counts.length - alone, alone, contenders };
  } finally {
    await looks.close();
  }
}

function labelOf(path: string): string {
  return basename(dirname(path));
}

/** @param found what has the labels @returns how many each label has */
function requireLabels(labels: readonly string[], found: string, folders: readonly string[]): number[] {
  const counts = new Map<string, number>();
  for (const label of labels) {
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  if (counts.size < 2 || Math.max(...counts.values()) < 2) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found ${found} in ${folders.join(', ')}, of ${counts.size} different labels, expected two labels or more, one of which two pictures have; a label is the name of the folder that a picture lies in.`,
    );
  }
  return [...counts.values()];
}
