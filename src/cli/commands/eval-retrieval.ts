import { Command } from 'commander';
import { evaluateRetrieval } from '../../engine/evaluate-retrieval.ts';
import { retrievalToJson } from '../eval-json.ts';
import { ALIKE, addEvalOptions, type EvalFlags, showEvaluation } from '../eval-options.ts';
import { retrievalPlot } from '../eval-plots.ts';
import { retrievalToText } from '../eval-retrieval-text.ts';
import { configOf } from '../global-options.ts';
import { parsePath } from '../parse-option.ts';
import { readGroundTruth } from '../read-ground-truth.ts';

interface RetrievalFlags extends EvalFlags {
  readonly groundTruth: string;
}

export function evalRetrievalCommand(): Command {
  return addEvalOptions(new Command('retrieval').argument('<folder>', 'a folder of pictures', parsePath))
    .description('whether pictures find what a ground truth says, as revisited Oxford and Paris are measured')
    .requiredOption('--ground-truth <file.json>', 'what is to be found for which picture', parsePath)
    .addHelpText(
      'after',
      `
Example:
  eidetic eval retrieval ~/roxford5k/jpg --ground-truth roxford5k.json --model dinov2-small --plot roxford5k.svg

The ground truth is JSON; pictures are named by their paths below <folder>:
  {"queries": [{"image": "all_souls_000013.jpg", "bbox": [136.5, 34.1, 648.5, 955.7],
                "easy": ["all_souls_000051.jpg"], "hard": ["all_souls_000073.jpg"], "junk": []}],
   "database": ["all_souls_000051.jpg", "all_souls_000073.jpg", "ashmolean_000000.jpg"]}
A query is cut out by "bbox" (left, top, right, bottom; pixels of the upright picture) where it has one; junk counts
neither way, nor does a picture as its own hit. Without "database" all pictures below <folder> are searched but those
that are only asked for. What is published for Oxford and Paris becomes such a file by this line:
  python3 -c 'import json,pickle; g=pickle.load(open("gnd_roxford5k.pkl","rb")); n=[x+".jpg" for x in g["imlist"]]; print(json.dumps({"database":n,"queries":[{"image":q+".jpg","bbox":[float(v) for v in d["bbx"]],**{k:[n[i] for i in d[k]] for k in ("easy","hard","junk")}} for q,d in zip(g["qimlist"],g["gnd"])]}))' > roxford5k.json

  mAP    area below precision over recall by trapezoids, averaged over queries
  mP@k   precision among the k nearest, or up to the last right one
Easy: hard pictures are junk too; medium: easy and hard ones are right; hard: easy ones are junk too. A right picture that
could not be read counts as not found. DINO's own evaluation does not cut queries out: leave "bbox" out to do likewise.
Files with the same bytes count each.
${ALIKE}`,
    )
    .action(async (folder: string, flags: RetrievalFlags, command: Command) => {
      const truth = await readGroundTruth(flags.groundTruth);
      await showEvaluation(
        command,
        flags,
        (settings, onProgress, signal) =>
          evaluateRetrieval(configOf(command), { ...settings, folder, truth }, onProgress, signal),
        { toText: retrievalToText, toJson: retrievalToJson, toPlot: retrievalPlot },
      );
    });
}
