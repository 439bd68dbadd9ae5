import { dirname } from 'node:path';
import { isAtOrBelow } from '../domain/is-below.ts';

/**
 * What is known of a folder and those above it, for who goes through paths in their order: of the folders that are left
 * behind nothing is kept, and what a step costs does not grow with the depth.
 */
export class FolderTrail<Value> {
  /** Each lies below the one before it. */
  readonly #folders: string[] = [];
  readonly #values = new Map<string, Value>();

  /**
   * Leaves all folders that are not at or above this one.
   * @param root the topmost folder that is asked about, at or above it
   * @returns those of which nothing is known, from the outermost to the folder itself
   */
  goTo(folder: string, root: string): string[] {
    for (let last = this.#folders.at(-1); last !== undefined; last = this.#folders.at(-1)) {
      if (isAtOrBelow(folder, last)) {
        break;
      }
      this.#folders.pop();
      this.#values.delete(last);
    }
    const unknown: string[] = [];
    for (let above = folder; !this.#values.has(above); above = dirname(above)) {
      unknown.push(above);
      if (above === root) {
        break;
      }
    }
    return unknown.reverse();
  }

  get(folder: string): Value | undefined {
    return this.#values.get(folder);
  }

  /** @param folder below all that are known */
  add(folder: string, value: Value): void {
    this.#folders.push(folder);
    this.#values.set(folder, value);
  }
}
