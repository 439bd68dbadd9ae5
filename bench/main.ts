import { type BenchOptions, benchOptions } from './bench-options.ts';
import { benchCompareModels } from './compare-models.ts';
import { benchCopies } from './copies.ts';
import { benchCopyFiles } from './copy-files.ts';
import { benchCopyGeometry } from './copy-geometry.ts';
import { benchCopyGeometryWays } from './copy-geometry-ways.ts';
import { benchCopyNegatives } from './copy-negatives.ts';
import { benchCopyPromise } from './copy-promise.ts';
import { benchDeepPages } from './deep-pages.ts';
import { benchDuplicates } from './duplicates-linear.ts';
import { benchPlanted } from './duplicates-planted.ts';
import { benchEvaluate } from './evaluate.ts';
import { benchForeignCopies } from './foreign-copies.ts';
import { benchIndex } from './index-speed.ts';
import { describeMachine } from './machine.ts';
import { benchMemory } from './memory.ts';
import { benchPage } from './page.ts';
import { benchPlanEdited } from './plan-edited.ts';
import { benchPlanKilled } from './plan-killed.ts';
import { benchPlanLarge } from './plan-large.ts';
import { benchShrink } from './shrink.ts';
import { benchSlowDrawings } from './slow-drawings.ts';
import { benchSlowStorage } from './slow-storage.ts';
import { benchThroughput } from './throughput.ts';
import { benchUnchanged } from './unchanged.ts';

// npm run bench [-- throughput|index|memory|slow-storage|slow-drawings|duplicates|duplicates-planted|deep-pages|unchanged|plan-edited [ROUND...]|plan-killed|plan-large|page|shrink [FOLDER...]|evaluate [MODEL]|foreign-copies [MODEL...]|copies|copy-files [--pictures N]|copy-geometry|copy-geometry-ways|copy-negatives [KIND...]|copy-promise [FOLDER...]|models MODEL_FOLDER...]; EIDETIC_PHOTOS names folders of photos.
// throughput: [--set small|jpeg12|png24|heic12]... [--rounds 3] [--pictures N] [--json]

const BENCHES: Readonly<Record<string, (options: BenchOptions) => void | Promise<void>>> = {
  throughput: benchThroughput,
  index: benchIndex,
  memory: benchMemory,
  shrink: benchShrink,
  evaluate: benchEvaluate,
  'foreign-copies': benchForeignCopies,
  copies: benchCopies,
  'copy-files': benchCopyFiles,
  'copy-geometry': benchCopyGeometry,
  'copy-geometry-ways': benchCopyGeometryWays,
  'copy-negatives': benchCopyNegatives,
  'copy-promise': benchCopyPromise,
  'slow-storage': benchSlowStorage,
  'slow-drawings': benchSlowDrawings,
  duplicates: benchDuplicates,
  'duplicates-planted': benchPlanted,
  'deep-pages': benchDeepPages,
  unchanged: benchUnchanged,
  'plan-edited': benchPlanEdited,
  'plan-killed': benchPlanKilled,
  'plan-large': benchPlanLarge,
  page: benchPage,
  models: benchCompareModels,
};

// Some of them load ONNX Runtime on their own.
process.env['ORT_DISABLE_TELEMETRY'] = '1';

const options = benchOptions(process.argv.slice(2));
if (options.bench !== null && !(options.bench in BENCHES)) {
  throw new Error(`Found the bench "${options.bench}", expected one of ${Object.keys(BENCHES).join(', ')}.`);
}
options.say(describeMachine());
for (const [name, bench] of Object.entries(BENCHES)) {
  if (options.bench === null || options.bench === name) {
    await bench(options);
  }
}
