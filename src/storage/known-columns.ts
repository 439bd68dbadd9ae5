import type { KnownPage } from '../domain/known-page.ts';

/** A KnownPage on its way between threads. */
export interface KnownColumns extends Omit<KnownPage, 'names'> {
  readonly count: number;
  /** Joined by {@link BETWEEN_NAMES}: a list of texts takes long from thread to thread. */
  readonly names: string;
}

/** What no path has in it. */
const BETWEEN_NAMES = '\0';

export function packPage({ before, names, numbers, devices, others }: KnownPage): KnownColumns {
  return { before, count: names.length, names: names.join(BETWEEN_NAMES), numbers, devices, others };
}

export function unpackPage({ count, names, ...columns }: KnownColumns): KnownPage {
  return { ...columns, names: count === 0 ? [] : names.split(BETWEEN_NAMES) };
}
