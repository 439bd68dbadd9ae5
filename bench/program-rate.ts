import type { IndexSummary } from '../src/indexer/index-files.ts';
import { endedChildrenCpuSeconds } from './child-cpu.ts';
import { runAlone } from './run-alone.ts';
import type { MadeFormat } from './write-picture.ts';

/** An index run as a person has it: from the command to the prompt. */
export interface ProgramRun {
  /** Pictures a second over the whole process: start, opening of the library, run, end. */
  readonly rate: number;
  /** Pictures a second over what the program itself calls the run: scan to saved index. */
  readonly runRate: number;
  /** Seconds of the process outside that run. */
  readonly outsideSeconds: number;
  /** CPU seconds of a picture, the whole process; null where they cannot be had. */
  readonly cpu: number | null;
}

/** Pictures to index. */
export interface ListedPictures {
  /** File with their paths, one a line. */
  readonly list: string;
  readonly pictures: number;
  readonly format: MadeFormat;
}

/**
 * Indexes pictures into a library.
 * @param listed none of which the library has
 * @param model id or folder of the model; the library's, or else the bundled one, when undefined
 * @throws Error when not all are indexed
 */
export function measureProgram(
  { list, pictures, format }: ListedPictures,
  library: string,
  model?: string,
): ProgramRun {
  const cpuBefore = endedChildrenCpuSeconds();
  const startedAt = performance.now();
  const summary = runAlone<IndexSummary>('../src/cli/eidetic.cjs', [
    ...['index', '--files-from', list, '--library', library, '--json'],
    ...(model === undefined ? [] : ['--model', model]),
  ]);
  const seconds = (performance.now() - startedAt) / 1_000;
  // HEIC is decoded by processes that the program leaves behind to be killed: what they used, nobody is told.
  const isAllCounted = format !== 'heic' && process.platform === 'linux';
  const cpu = isAllCounted ? (endedChildrenCpuSeconds() - cpuBefore) / pictures : null;
  if (summary.indexed !== pictures) {
    throw new Error(`Indexed ${summary.indexed} files, expected all ${pictures}.`);
  }
  const runSeconds = summary.elapsedMs / 1_000;
  return {
    rate: pictures / seconds,
    runRate: pictures / runSeconds,
    outsideSeconds: seconds - runSeconds,
    cpu,
  };
}
