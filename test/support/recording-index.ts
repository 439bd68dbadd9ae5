import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AwayPlace } from '../../src/indexer/away-places.ts';
import type { WatchParts } from '../../src/watch/watch-folders.ts';
import { EMPTY_SUMMARY } from './held-index.ts';

/**
 * An index use case that only remembers what each file held when it was read, by the rules of a real run: a root is
 * compared whole, a listed file alone, and what a suddenly empty root had is away.
 */
export class RecordingIndex {
  /** Content by path, as an index would know it. */
  readonly known = new Map<string, string>();
  readonly requests: Array<{ roots: string[]; listed: string[] }> = [];
  /** Thrown by the next runs, one each. */
  readonly errors: Error[] = [];

  readonly run: WatchParts['index'] = async ({ roots, listed }) => {
    this.requests.push({ roots: [...roots], listed: [...listed] });
    const error = this.errors.shift();
    if (error !== undefined) {
      throw error;
    }
    const away = roots.flatMap((root) => this.#scan(root));
    for (const path of listed) {
      if (existsSync(path)) {
        this.known.set(path, readFileSync(path, 'utf8'));
      } else {
        this.known.delete(path);
      }
    }
    return { ...EMPTY_SUMMARY, away, awayFiles: away.reduce((sum, { files }) => sum + files, 0) };
  };

  #scan(root: string): AwayPlace[] {
    const found = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .map((name) => join(root, name))
      .filter((path) => lstatSync(path).isFile());
    const before = [...this.known.keys()].filter((path) => path.startsWith(`${root}/`));
    if (found.length === 0 && before.length > 0) {
      return [{ path: root, reason: 'it is empty', files: before.length }];
    }
    for (const path of before) {
      this.known.delete(path);
    }
    for (const path of found) {
      this.known.set(path, readFileSync(path, 'utf8'));
    }
    return [];
  }
}
