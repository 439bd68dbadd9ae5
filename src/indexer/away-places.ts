/** A place whose known files were not seen, and are kept. */
export interface AwayPlace {
  readonly path: string;
  /** Why, and what to do: one sentence. */
  readonly reason: string;
  /** Known files at or below it. */
  readonly files: number;
}

/** Places named; the files of further ones are only counted. */
const MOST_PLACES = 100;

/** What was counted before, to go on from. */
export interface CountedAway {
  /** All of them, also those of places that are not named. */
  readonly files: number;
  readonly places: readonly AwayPlace[];
}

/** Counts the known files that were not seen and are not known to be gone. */
export class AwayPlaces {
  readonly #places = new Map<string, AwayPlace>();
  #files: number;

  constructor({ files, places }: CountedAway = { files: 0, places: [] }) {
    this.#files = files;
    for (const place of places) {
      this.#places.set(keyOf(place.path, place.reason), place);
    }
  }

  /** All of them. */
  get files(): number {
    return this.#files;
  }

  add(path: string, reason: string, files: number): void {
    this.#files += files;
    const key = keyOf(path, reason);
    const known = this.#places.get(key);
    if (known !== undefined || this.#places.size < MOST_PLACES) {
      this.#places.set(key, { path, reason, files: (known?.files ?? 0) + files });
    }
  }

  /** At most a hundred, in the order in which they came. */
  list(): AwayPlace[] {
    return [...this.#places.values()];
  }
}

function keyOf(path: string, reason: string): string {
  return `${path}\n${reason}`;
}
