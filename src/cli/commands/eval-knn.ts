import { Command } from 'commander';
import { evaluateKnn } from '../../engine/evaluate-knn.ts';
import { NEIGHBORS, TEMPERATURE } from '../../evaluation/vote-for-class.ts';
import { knnToJson } from '../eval-json.ts';
import { knnToText } from '../eval-knn-text.ts';
import { ALIKE, addEvalOptions, type EvalFlags, showEvaluation } from '../eval-options.ts';
import { knnPlot } from '../eval-plots.ts';
import { configOf } from '../global-options.ts';
import { parsePath } from '../parse-option.ts';

export function evalKnnCommand(): Command {
  return addEvalOptions(
    new Command('knn')
      .argument('<train>', 'a folder with a folder of pictures for each class', parsePath)
      .argument('<test>', 'another one, with the same classes', parsePath),
  )
    .description('how well the nearest of one folder tell the classes of another, as DINO measures it')
    .addHelpText(
      'after',
      `
Examples:
  eidetic eval knn ~/imagenet/train ~/imagenet/val --model dino-vits16
  eidetic eval knn ~/birds/train ~/birds/test --phash --plot birds.svg

Weighted nearest neighbors, as in DINO's eval_knn.py: the k nearest training pictures (${NEIGHBORS.join(', ')}; those that there are)
vote for their class, each with exp(similarity / ${TEMPERATURE}). Of classes with as many votes the right one comes last.
  top-1  share of test pictures whose class has the most votes
  top-5  share of those whose class is among the five with the most
A class is a folder directly in <train> and <test>, with all that lies below it; both must have the same classes. Files
with the same bytes count each, as in the original; test pictures that are training pictures too are told.
To leave each picture of one folder out once instead, see "eidetic eval labels".
${ALIKE}`,
    )
    .action((train: string, test: string, flags: EvalFlags, command: Command) =>
      showEvaluation(
        command,
        flags,
        (settings, onProgress, signal) =>
          evaluateKnn(configOf(command), { ...settings, train, test }, onProgress, signal),
        { toText: knnToText, toJson: knnToJson, toPlot: knnPlot },
      ),
    );
}
