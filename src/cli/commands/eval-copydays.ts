import { Command } from 'commander';
import { evaluateCopydays } from '../../engine/evaluate-copydays.ts';
import { copydaysToText } from '../eval-copydays-text.ts';
import { copydaysToJson } from '../eval-json.ts';
import { ALIKE, addEvalOptions, type EvalFlags, showEvaluation } from '../eval-options.ts';
import { copydaysPlot } from '../eval-plots.ts';
import { configOf } from '../global-options.ts';
import { parsePath } from '../parse-option.ts';

interface CopydaysFlags extends EvalFlags {
  readonly distractors?: string;
}

export function evalCopydaysCommand(): Command {
  return addEvalOptions(
    new Command('copydays').argument('<folder>', 'the folder of INRIA Copydays', parsePath),
  )
    .description('whether the copies of INRIA Copydays find their originals, as DINO measures it')
    .option('--distractors <folder>', 'pictures that are searched with the originals', parsePath)
    .addHelpText(
      'after',
      `
Examples:
  eidetic eval copydays ~/copydays
  eidetic eval copydays ~/copydays --distractors ~/yfcc-10k --space copy --phash --plot copydays.svg

Pictures are named by six digits, of which the first four say what they are copies of. Folders tell the parts: original,
strong, crops/10 to crops/80, jpegqual/3 to jpegqual/75; in <folder> itself the last two digits do: 00 is an original,
anything else a strong copy.
  mAP  area below precision over recall by trapezoids, in the 20 nearest originals and distractors, averaged over the
       copies of a part: 1 for an original that comes first, 1/4 for the second, 1/6 for the third
As in DINO's eval_copy_detection.py, but that descriptors are those of the space and are not whitened, and that
distractors with the same bytes as a picture of Copydays are left out. Of equally near ones wrong ones count as nearer.
Files with the same bytes count each.
${ALIKE}`,
    )
    .action((folder: string, flags: CopydaysFlags, command: Command) => {
      const distractors = flags.distractors ?? null;
      return showEvaluation(
        command,
        flags,
        (settings, onProgress, signal) =>
          evaluateCopydays(configOf(command), { ...settings, folder, distractors }, onProgress, signal),
        { toText: copydaysToText, toJson: copydaysToJson, toPlot: copydaysPlot },
      );
    });
}
