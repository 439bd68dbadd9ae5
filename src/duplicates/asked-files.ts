import type { PictureFilter } from '../domain/filter.ts';
import { isAtOrBelow } from '../domain/is-below.ts';
import type { CatalogPicture } from '../domain/picture-catalog.ts';
import { labelOf } from './label-of.ts';
import type { Place, ReportQuestion } from './report-question.ts';

/** Where some files lie, of the places that a question names. */
export interface Spread {
  /** The one place of `across`, or the one label, that all have, by its number; null for no files, or when none is named. */
  readonly place: number | 'several' | null;
  /** Whether one of them lies in no reference. */
  readonly hasOthers: boolean;
}

/** Of no files. */
export const NO_SPREAD: Spread = { place: null, hasOthers: false };

export function joinSpreads(a: Spread, b: Spread): Spread {
  const isOne = a.place === b.place || b.place === null;
  return {
    place: isOne ? a.place : a.place === null ? b.place : 'several',
    hasOthers: a.hasOthers || b.hasOthers,
  };
}

/** Tells which files a question is about, and what answers it. */
export class AskedFiles {
  /** What the pictures pass that have such files. */
  readonly filter: PictureFilter;
  /** A file is asked about that lies in one place of each. */
  readonly #asked: ReadonlyArray<readonly string[]>;
  /** Those of `across`, the longest first. */
  readonly #sides: ReadonlyArray<{ readonly path: string; readonly place: number }>;
  readonly #reference: readonly string[];
  readonly #labelled: readonly string[];
  /** Their numbers, as they are met. */
  readonly #labels = new Map<string, number>();

  constructor({ across, within, reference, labelled = [] }: ReportQuestion) {
    this.#sides = across
      .flatMap(({ paths }, place) => paths.map((path) => ({ path, place })))
      .sort((a, b) => b.path.length - a.path.length);
    this.#reference = pathsOf(reference);
    this.#labelled = pathsOf(labelled);
    this.#asked = [pathsOf(across), pathsOf(within), this.#labelled].filter((paths) => paths.length > 0);
    this.filter = this.#asked.length === 0 ? {} : { pathPrefix: this.#asked.flat() };
  }

  /** Whether it is about every file. */
  get areAll(): boolean {
    return this.filter.pathPrefix === undefined;
  }

  /** Whether any two pictures that are related answer it. */
  get takesAnyPair(): boolean {
    return !this.#hasSides && this.#reference.length === 0;
  }

  /** A picture with the files alone that it is about; null when it has none. */
  trim(picture: CatalogPicture): CatalogPicture | null {
    if (this.areAll) {
      return picture;
    }
    const files = picture.files.filter(({ path }) => this.#isAsked(path));
    return files.length === 0 ? null : { ...picture, files };
  }

  /** @param path of a file that it is about */
  spreadOf(path: string): Spread {
    return { place: this.#placeOf(path), hasOthers: !this.isReference(path) };
  }

  /** Whether files that lie so are an answer, when they are related. */
  isAnswer({ place, hasOthers }: Spread): boolean {
    return hasOthers && (!this.#hasSides || place === 'several');
  }

  /** Whether a file is none that could be dropped. */
  isReference(path: string): boolean {
    return this.#reference.some((folder) => isAtOrBelow(path, folder));
  }

  /** Whether an answer lies in several places, or has several labels. */
  get #hasSides(): boolean {
    return this.#sides.length + this.#labelled.length > 0;
  }

  #placeOf(path: string): number | null {
    if (this.#labelled.length > 0) {
      const label = labelOf(path, this.#labelled);
      return label === null ? null : this.#numberOf(label);
    }
    return this.#sides.find((one) => isAtOrBelow(path, one.path))?.place ?? null;
  }

  #numberOf(label: string): number {
    const number = this.#labels.get(label) ?? this.#labels.size;
    this.#labels.set(label, number);
    return number;
  }

  #isAsked(path: string): boolean {
    return this.#asked.every((places) => places.some((place) => isAtOrBelow(path, place)));
  }
}

function pathsOf(places: readonly Place[]): string[] {
  return places.flatMap(({ paths }) => paths);
}
