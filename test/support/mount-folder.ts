import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

/** A temporary folder in which a test mounts file systems; all are unmounted before it is removed. */
export interface MountFolder {
  readonly path: string;
  /**
   * Mounts at a folder of this name, which is made when it is not there.
   * @param options as the command `mount` takes them before the folder
   * @returns the mount point
   */
  mount(name: string, ...options: string[]): string;
  /**
   * Takes away what was mounted last at a mount point.
   * @param options as the command `umount` takes them
   */
  unmount(mountPoint: string, ...options: string[]): void;
}

/** Runs a command and returns what it prints. @throws with what it says when it fails */
export function runCommand(command: string, ...args: string[]): string {
  return execFileSync(command, args, { encoding: 'utf8', stdio: 'pipe' });
}

/** Returns null after skipping the test, loudly, where nothing may be mounted. */
export function makeMountFolder(t: TestContext): MountFolder | null {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'eidetic-mounts-')));
  const mounted: string[] = [];
  const folder: MountFolder = {
    path,
    mount(name, ...options) {
      const mountPoint = join(path, name);
      mkdirSync(mountPoint, { recursive: true });
      runCommand('mount', ...options, mountPoint);
      mounted.push(mountPoint);
      return mountPoint;
    },
    unmount(mountPoint, ...options) {
      runCommand('umount', ...options, mountPoint);
      mounted.splice(mounted.lastIndexOf(mountPoint), 1);
    },
  };
  t.after(() => {
    for (const mountPoint of mounted.toReversed()) {
      folder.unmount(mountPoint);
    }
    rmSync(path, { recursive: true });
  });
  try {
    folder.unmount(folder.mount('probe', '-t', 'tmpfs', 'none'));
  } catch (error) {
    t.skip(`file systems cannot be mounted here, so nothing was tested: ${(error as Error).message}`);
    return null;
  }
  return folder;
}
