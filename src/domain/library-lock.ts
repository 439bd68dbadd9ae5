/**
 * What a lock keeps others from: `run`, another index run; `upload`, other short writes that count on what they
 * looked up (uploads, and the end of a run, which prunes); `index`, another saving of the same index files;
 * `maintenance`, all writing (migration, repair, switching models).
 */
export type LockScope = 'run' | 'upload' | 'index' | 'maintenance';

/** A lock that is held until it is released, or until the process ends in whatever way. */
export interface HeldLock {
  release(): Promise<void>;
}

/** Keeps the writers of a library out of each other's way, over all processes that share it. */
export interface LibraryLock {
  /**
   * @param patienceMs how long to wait for who holds it; 0 refuses at once
   * @throws EideticError CATALOG_BUSY with `details.pid` when another holds it for longer; READ_ONLY
   */
  acquire(scope: LockScope, patienceMs?: number): Promise<HeldLock>;
}
