import type { CopyEvaluation } from '../engine/evaluate-copies.ts';
import type { CopydaysEvaluation } from '../engine/evaluate-copydays.ts';
import type { KnnEvaluation } from '../engine/evaluate-knn.ts';
import type { LabelEvaluation } from '../engine/evaluate-labels.ts';
import type { RetrievalEvaluation } from '../engine/evaluate-retrieval.ts';
import type { Contender } from '../evaluation/contender.ts';
import { poolHits, precisionRecall } from '../evaluation/hit-pool.ts';
import { SETUPS } from '../evaluation/judge-retrieval.ts';
import { contenderName } from './contender-cells.ts';
import { barsPanel } from './plot-bars.ts';
import { curvePanel } from './plot-curve.ts';
import { type PlotPanel, plotSvg } from './plot-svg.ts';
import { count } from './print.ts';

/** An evaluation by labels, as an SVG file; likewise below. */
export function labelsPlot({ looked, labels, contenders }: LabelEvaluation): string {
  const figures = contenders.map((one) => one.figures);
  const bars = barsPanel('found among all others', [
    { name: 'top-1', bars: figures.map(({ top1 }) => top1) },
    { name: 'P@5', bars: figures.map(({ precisionAt5 }) => precisionAt5) },
    { name: 'mAP', bars: figures.map(({ meanAveragePrecision }) => meanAveragePrecision) },
  ]);
  const note = `${count(looked.pictures.length, 'picture')}, ${count(labels, 'label')}; lines are 95 % intervals.`;
  return plotOf('Pictures of the same label', note, contenders, [bars]);
}

/** Precision over recall of all copies, and recall by edit. */
export function copiesPlot({ looked, originals, contenders }: CopyEvaluation, seed: number): string {
  const edits = Object.keys(contenders[0]?.figures.recallAt1ByEdit ?? {});
  const curves = contenders.map(({ rankings }) => precisionRecall(poolHits(rankings, () => false)));
  const bars = edits.map((edit) => ({
    name: edit,
    bars: contenders.map(({ figures }) => figures.recallAt1ByEdit[edit] ?? null),
  }));
  const note = `${count(edits.length, 'edit')} of ${count(originals, 'picture')}, looked for among ${count(looked.pictures.length, 'picture')}, seed ${seed}; lines are 95 % intervals.`;
  return plotOf('Originals of edited copies', note, contenders, [
    curvePanel('precision over recall, one threshold for all copies', curves),
    barsPanel('recall@1 by edit', bars),
  ]);
}

/** The shares of classes that were told, by how many neighbors voted. */
export function knnPlot({ classes, trainPictures, testPictures, contenders }: KnnEvaluation): string {
  const neighbors = contenders[0]?.figures.map((figures) => figures.neighbors) ?? [];
  const panel = (which: 'top1' | 'top5', heading: string) =>
    barsPanel(
      heading,
      neighbors.map((k, i) => ({
        name: `k = ${k}`,
        bars: contenders.map(({ figures }) => figures[i]?.[which] ?? null),
      })),
    );
  const note = `${count(testPictures, 'test picture')}, ${count(trainPictures, 'training picture')}, ${classes.toLocaleString('en')} classes; lines are 95 % intervals.`;
  return plotOf('Classes by weighted nearest neighbors', note, contenders, [
    panel('top1', 'top-1'),
    panel('top5', 'top-5'),
  ]);
}

/** mAP by setup. */
export function retrievalPlot({ database, answered, contenders }: RetrievalEvaluation): string {
  const bars = SETUPS.map((setup) => ({
    name: setup,
    bars: contenders.map(({ figures }) => figures[setup]?.meanAveragePrecision ?? null),
  }));
  const note = `Queries: ${answered.toLocaleString('en')}, looked for among ${count(database, 'picture')}; lines are 95 % intervals.`;
  return plotOf('Retrieval by a ground truth', note, contenders, [barsPanel('mAP', bars)]);
}

/** mAP by part. */
export function copydaysPlot({ originals, distractors, contenders }: CopydaysEvaluation): string {
  const parts = Object.keys(contenders[0]?.byPart ?? {});
  const bars = parts.map((part) => ({
    name: part,
    bars: contenders.map(({ byPart }) => byPart[part]?.meanAveragePrecision ?? null),
  }));
  const note = `${count(originals, 'original')}, ${count(distractors, 'distractor')}, no whitening; lines are 95 % intervals.`;
  return plotOf('Copydays', note, contenders, [barsPanel('mAP by part', bars)]);
}

function plotOf(
  title: string,
  note: string,
  contenders: ReadonlyArray<{ readonly contender: Contender }>,
  panels: readonly PlotPanel[],
): string {
  const series = contenders.map(({ contender }) => contenderName(contender));
  return plotSvg({ title, note, series, panels });
}
