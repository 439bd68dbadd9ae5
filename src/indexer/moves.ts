import { basename, dirname } from 'node:path';
import { comparePaths } from '../domain/compare-paths.ts';
import type { PictureId } from '../domain/picture.ts';

/** Files that lie elsewhere now. */
export interface MovedFiles {
  /** Folders (or files); equal when files have other names in the same folder. */
  readonly from: string;
  readonly to: string;
  readonly files: number;
}

/** Moves between so many places are told apart; further ones are only counted. */
const MOST_PLACES = 100;

/** Counts the files that have moved, each new path once at most. */
export class Moves {
  readonly #places = new Map<string, MovedFiles>();
  /** Of each picture how many of its new paths have been taken for a moved file. */
  readonly #taken = new Map<PictureId, number>();
  #files = 0;

  /** All of them. */
  get files(): number {
    return this.#files;
  }

  takenOf(picture: PictureId): number {
    return this.#taken.get(picture) ?? 0;
  }

  add(picture: PictureId, from: string, to: string): void {
    this.#files++;
    this.#taken.set(picture, this.takenOf(picture) + 1);
    const places = withoutCommonEnd(from, to);
    const key = JSON.stringify(places);
    const known = this.#places.get(key);
    if (known !== undefined || this.#places.size < MOST_PLACES) {
      this.#places.set(key, { ...places, files: (known?.files ?? 0) + 1 });
    }
  }

  /** At most a hundred, those of most files first. */
  list(): MovedFiles[] {
    return [...this.#places.values()].sort(
      (a, b) => b.files - a.files || comparePaths(a.from, b.from) || comparePaths(a.to, b.to),
    );
  }
}

/** `/a/x/1.jpg` and `/b/x/1.jpg` are a move from `/a` to `/b`; of a file that has another name, its folders. */
function withoutCommonEnd(from: string, to: string): { readonly from: string; readonly to: string } {
  if (basename(from) !== basename(to)) {
    return { from: dirname(from), to: dirname(to) };
  }
  let [a, b] = [from, to];
  while (basename(a) === basename(b) && a !== dirname(a) && b !== dirname(b)) {
    [a, b] = [dirname(a), dirname(b)];
  }
  return { from: a, to: b };
}
