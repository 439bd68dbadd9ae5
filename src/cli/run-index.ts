import { type IndexCommand, indexLibrary } from '../engine/index-library.ts';
import type { Library } from '../engine/library.ts';
import { isInUse } from '../engine/model-in-use.ts';
import { type Reindexed, reindexLibrary } from '../engine/reindex-library.ts';
import { takeUploadsBack } from '../engine/take-uploads-back.ts';
import type { IndexProgress, IndexSummary } from '../indexer/index-files.ts';
import { EXIT_INCOMPLETE, EXIT_INTERRUPTED, EXIT_SOME_FAILED } from './exit-codes.ts';
import { say } from './global-options.ts';
import { withProgress } from './with-progress.ts';

/** Indexes with progress on stderr and Ctrl-C that keeps what is finished; sets the exit code. */
export async function runIndex(library: Library, command: IndexCommand): Promise<IndexSummary> {
  const summary = await runWithProgress(async (onProgress, signal) => {
    const summary = await indexLibrary(library, command, onProgress, signal);
    process.exitCode = exitCode(summary);
    return summary;
  });
  if (!(await isInUse(library))) {
    const { id } = library.spaces.similar.model.manifest;
    say(
      `This run was for ${id}, which is not the model in use: what is new is found with "--model ${id}" alone. Run "eidetic index" without --model for the one in use; "eidetic models use ${id}" switches once it knows every picture.`,
    );
  }
  return summary;
}

/** Takes uploads back that no picture lists, likewise; sets no exit code. See takeUploadsBack. */
export async function runTakeUploadsBack(library: Library): Promise<IndexSummary | null> {
  return runWithProgress((onProgress, signal) => takeUploadsBack(library, onProgress, signal));
}

/** Embeds a library with another model, likewise. */
export async function runReindex(library: Library, allowEmpty: boolean): Promise<Reindexed> {
  return runWithProgress(async (onProgress, signal) => {
    const result = await reindexLibrary(library, onProgress, signal, allowEmpty);
    process.exitCode = result.summary === null ? 0 : exitCode(result.summary);
    return result;
  });
}

function runWithProgress<Result>(
  run: (onProgress: (progress: IndexProgress) => void, signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  return withProgress((told, signal) =>
    run((progress) => {
      if (progress.phase !== 'save' && progress.failure !== null && told.fail(progress.failure)) {
        told.say('Further failures are only counted here; "eidetic failures" lists them all.');
      }
      told.update(describe(progress));
    }, signal),
  );
}

function describe(progress: IndexProgress) {
  switch (progress.phase) {
    case 'scan':
      return { label: 'Scanning', done: progress.found, total: null, failed: 0 };
    case 'embed':
      return { label: 'Embedding', done: progress.done, total: progress.total, failed: progress.failed };
    case 'save':
      return { label: 'Saving the index', done: 0, total: null, failed: 0 };
  }
}

/** What was not seen weighs more than what was seen and failed: the first is a question, the second an answer. */
function exitCode(summary: IndexSummary): number {
  if (summary.interrupted) {
    return EXIT_INTERRUPTED;
  }
  if (summary.away.length > 0) {
    return EXIT_INCOMPLETE;
  }
  return summary.failed + summary.stillFailed > 0 ? EXIT_SOME_FAILED : 0;
}
