import type { Engine, IndexCommand } from '../engine/engine.ts';
import type { IndexProgress, IndexSummary } from '../indexer/index-files.ts';
import { EXIT_INTERRUPTED, EXIT_SOME_FAILED } from './exit-codes.ts';
import { abortOnInterrupt } from './interrupt.ts';
import { count, formatDuration } from './print.ts';
import { ProgressLine } from './progress-line.ts';

/** Failures named one by one while a run goes on; the rest is counted and listed by `eidetic failures`. */
const FAILURES_NAMED = 20;

/** Indexes with progress on stderr and Ctrl-C that keeps what is finished; sets the exit code. */
export async function runIndex(engine: Engine, command: IndexCommand): Promise<IndexSummary> {
  return runWithProgress(async (onProgress, signal) => {
    const summary = await engine.index(command, onProgress, signal);
    process.exitCode = exitCode(summary);
    return summary;
  });
}

/** Embeds a library with another model, likewise. */
export async function runReindex(engine: Engine): ReturnType<Engine['reindex']> {
  return runWithProgress(async (onProgress, signal) => {
    const result = await engine.reindex(onProgress, signal);
    process.exitCode = result.summary === null ? 0 : exitCode(result.summary);
    return result;
  });
}

async function runWithProgress<Result>(
  run: (onProgress: (progress: IndexProgress) => void, signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const line = new ProgressLine(process.stderr);
  const interrupt = abortOnInterrupt(() => line.say('Stopping: finishing the pictures in progress…'));
  let named = 0;
  const onProgress = (progress: IndexProgress) => {
    if (progress.phase === 'embed' && progress.failure !== null && named++ < FAILURES_NAMED) {
      line.say(`failed: ${progress.failure.path}: ${progress.failure.message}`);
      if (named === FAILURES_NAMED) {
        line.say('Further failures are only counted here; "eidetic failures" lists them all.');
      }
    }
    line.update(describe(progress));
  };
  try {
    return await run(onProgress, interrupt.signal);
  } finally {
    line.clear();
    interrupt.dispose();
  }
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

function exitCode(summary: IndexSummary): number {
  if (summary.interrupted) {
    return EXIT_INTERRUPTED;
  }
  return summary.failed + summary.stillFailed > 0 ? EXIT_SOME_FAILED : 0;
}

/** The run in words, a line each; every file found is in exactly one of the first four numbers. */
export function describeSummary(summary: IndexSummary): string[] {
  const lines = [
    `Found ${count(summary.found, 'file')}: ${summary.indexed.toLocaleString('en')} indexed, ` +
      `${summary.unchanged.toLocaleString('en')} unchanged, ${summary.failed.toLocaleString('en')} failed, ` +
      `${summary.stillFailed.toLocaleString('en')} failed before and unchanged` +
      `${summary.interrupted ? ', the rest not reached' : ''}.`,
  ];
  const rate = summary.embedded / (summary.elapsedMs / 1_000);
  lines.push(
    `Embedded ${count(summary.embedded, 'picture')} in ${formatDuration(summary.elapsedMs)} (${rate.toFixed(1)}/s)` +
      `${summary.moved > 0 ? `, ${count(summary.moved, 'file')} moved` : ''}` +
      `${summary.removed > 0 ? `, ${count(summary.removed, 'file')} gone from disk` : ''}.`,
  );
  const ignored = Object.entries(summary.ignored);
  if (ignored.length > 0) {
    lines.push(
      `Passed over: ${ignored.map(([reason, n]) => `${n.toLocaleString('en')} ${reason}`).join(', ')}.`,
    );
  }
  if (summary.failed + summary.stillFailed > 0) {
    lines.push('"eidetic failures" lists what failed and why.');
  }
  if (summary.interrupted) {
    lines.push('Stopped early; everything finished is kept. Run the same command again to go on.');
  }
  return lines;
}
