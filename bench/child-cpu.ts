import { readFileSync } from 'node:fs';
import { readOf, treeOf } from './process-tree.ts';

const TICKS_IN_SECOND = 100;

/**
 * CPU seconds of all children of this process that have ended, and of theirs that they waited for, to a hundredth;
 * Linux only. A look before a child and one after it tell what it used, however busy the machine was.
 */
export function endedChildrenCpuSeconds(): number {
  const { ended } = cpuSecondsIn(readFileSync('/proc/self/stat', 'utf8'));
  return ended;
}

/** CPU seconds of all children of this process and theirs, at work or ended, each to a hundredth; Linux only. */
export function childrenCpuSeconds(): number {
  const children = treeOf(process.pid).filter((pid) => pid !== process.pid);
  return children.reduce((sum, pid) => {
    const { own, ended } = cpuSecondsIn(readOf(pid, 'stat'));
    return sum + own + ended;
  }, endedChildrenCpuSeconds());
}

/** Zeros for a process that is not there any more. */
function cpuSecondsIn(stat: string): { own: number; ended: number } {
  // Behind the command's name in parentheses, which may hold spaces: state is the third field, utime the fourteenth.
  const fields = stat.replace(/^.*\) /s, '').split(' ');
  const seconds = (field: number) => Number(fields[field - 3] ?? 0) / TICKS_IN_SECOND;
  return { own: seconds(14) + seconds(15), ended: seconds(16) + seconds(17) };
}
