import { getPriority, setPriority } from 'node:os';

/**
 * Lets others go before a process, or on Linux a thread. One that gives way more already stays as it is: only root may
 * take that back. A priority is a courtesy, so that where the system refuses it, nothing else changes.
 * @param pid 0 means the calling thread
 * @param niceness 0 (as any other) to 19 (gives way to everything)
 */
export function giveWay(pid: number, niceness: number): void {
  try {
    if (getPriority(pid) < niceness) {
      setPriority(pid, niceness);
    }
  } catch {
    // Refused, or the process has ended, which whoever waits for its answer notices.
  }
}
