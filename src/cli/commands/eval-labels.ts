import { Command } from 'commander';
import { evaluateLabels } from '../../engine/evaluate-labels.ts';
import { labelsToJson } from '../eval-json.ts';
import { labelsToText } from '../eval-labels-text.ts';
import { ALIKE, addEvalOptions, type EvalFlags, showEvaluation } from '../eval-options.ts';
import { labelsPlot } from '../eval-plots.ts';
import { configOf } from '../global-options.ts';
import { collected, parsePath } from '../parse-option.ts';

export function evalLabelsCommand(): Command {
  return addEvalOptions(
    new Command('labels').argument('<folders...>', 'folders of pictures', collected(parsePath)),
  )
    .description('whether pictures find those of the same label, which is the name of the folder they lie in')
    .addHelpText(
      'after',
      `
Examples:
  eidetic eval labels ~/Pictures/by-subject
  eidetic eval labels ~/Pictures/by-subject --model eidetic-s16 --model dinov2-small

Every picture is left out once and looked for among all others, by exact search. Of equally near ones wrong ones count
as nearer.
  top-1  share of pictures whose nearest has the same label
  P@5    share of the five nearest with the same label, averaged over pictures
  mAP    precision at the place of each picture of the same label, averaged over those, then over pictures
Files with the same bytes count as one. To classify one folder by another, see "eidetic eval knn".
${ALIKE}`,
    )
    .action((folders: string[], flags: EvalFlags, command: Command) =>
      showEvaluation(
        command,
        flags,
        (settings, onProgress, signal) =>
          evaluateLabels(configOf(command), { ...settings, folders }, onProgress, signal),
        { toText: labelsToText, toJson: labelsToJson, toPlot: labelsPlot },
      ),
    );
}
