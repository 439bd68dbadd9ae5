import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

/** A new empty folder, removed when the suite or test that is being run is over. */
export function temporaryFolder(): string {
  return folderUntil(after);
}

/** The same, removed when the given test is over. */
export async function makeTemporaryFolder(test: { after(work: () => void): void }): Promise<string> {
  return folderUntil((work) => test.after(work));
}

function folderUntil(atTheEnd: (work: () => void) => void): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'eidetic-test-')));
  atTheEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
