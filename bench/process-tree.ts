import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

/** Largest memory of a process and all that it starts, megabytes. Linux only. */
export interface TreePeak {
  /** Sum of each process's own peak (VmHWM): never less than what was there at once. */
  readonly sumOfPeaksMb: number;
  /** Largest sum found at one moment (VmRSS), of samples: never more than what was there at once. */
  readonly peakOfSumsMb: number;
  readonly processes: number;
}

const SAMPLE_EVERY_MS = 10;
const KILOBYTES_IN_MB = 1e6 / 1_024;

/** Samples the processes until they are gone. Memory that several of them share is counted for each. */
export async function watchTree(pid: number): Promise<TreePeak> {
  const peaks = new Map<number, number>();
  let most = 0;
  for (;;) {
    let now = 0;
    for (const member of treeOf(pid)) {
      const { peak, resident } = memoryOf(member);
      peaks.set(member, Math.max(peak, peaks.get(member) ?? 0));
      now += resident;
    }
    if (now === 0) {
      break;
    }
    most = Math.max(most, now);
    await setTimeout(SAMPLE_EVERY_MS);
  }
  const sum = [...peaks.values()].reduce((all, peak) => all + peak, 0);
  return {
    sumOfPeaksMb: sum / KILOBYTES_IN_MB,
    peakOfSumsMb: most / KILOBYTES_IN_MB,
    processes: peaks.size,
  };
}

/**
 * A process and all that it and they have started. Any thread may have started a child. One that has its parent's command
 * line has only been forked: until it starts its own program, its memory is its parent's.
 */
export function treeOf(pid: number): number[] {
  const threads = orNothing(() => readdirSync(`/proc/${pid}/task`)) ?? [];
  const children = threads
    .flatMap((thread) => (readOf(pid, `task/${thread}/children`).match(/\d+/g) ?? []).map(Number))
    .filter((child) => readOf(child, 'cmdline') !== readOf(pid, 'cmdline'));
  return [pid, ...children.flatMap(treeOf)];
}

/** Kilobytes; none of a process that has ended. */
function memoryOf(pid: number): { peak: number; resident: number } {
  const status = readOf(pid, 'status');
  const kilobytes = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0);
  return { peak: kilobytes('VmHWM'), resident: kilobytes('VmRSS') };
}

/** A file of a process in `/proc`; empty of a process that has ended. */
export function readOf(pid: number, file: string): string {
  return orNothing(() => readFileSync(`/proc/${pid}/${file}`, 'utf8')) ?? '';
}

/** Processes and threads end between two looks at them. */
function orNothing<Value>(look: () => Value): Value | undefined {
  try {
    return look();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') {
      return undefined;
    }
    throw error;
  }
}
