import { readFileSync } from 'node:fs';

const TICKS_IN_SECOND = 100;

/**
 * CPU seconds of all ended children of this process and theirs, to a hundredth; NaN where there is no /proc. A look
 * before and one after a child tells what it used, however busy the machine was.
 */
export function endedChildrenCpuSeconds(): number {
  if (process.platform !== 'linux') {
    return Number.NaN;
  }
  // Behind the command's name in parentheses, which may hold spaces: state is the third field, cutime the sixteenth.
  const fields = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[16 - 3]) + Number(fields[17 - 3])) / TICKS_IN_SECOND;
}
