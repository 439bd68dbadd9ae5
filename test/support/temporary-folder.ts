import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

/** A new empty folder, removed when the suite that asked for it is over. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'eidetic-test-')));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The same, removed when the given test is over. */
export async function makeTemporaryFolder(test: { after(work: () => void): void }): Promise<string> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'eidetic-test-')));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
