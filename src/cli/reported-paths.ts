import { AskedFiles } from '../duplicates/asked-files.ts';
import type { WeighedBridge, WeighedPair } from '../duplicates/pairs-there.ts';
import { type PathLook, type PathLooks, thereAt } from '../duplicates/path-look.ts';
import type { WeighedGroup, WeighedReport } from '../duplicates/weigh-report.ts';

/** Every path of a group, in its order. */
export function* pathsOf({ pictures }: WeighedGroup): Generator<string> {
  for (const { files } of pictures) {
    for (const { path } of files) {
      yield path;
    }
  }
}

/** What was found at a path of a report. */
export function lookOf(path: string, looks: PathLooks): PathLook['kind'] {
  return looks.get(path)?.kind ?? 'away';
}

/** Whether a path that is there is the library's own copy of what was uploaded. */
export function isUpload(path: string, looks: PathLooks): boolean {
  const look = looks.get(path);
  return look?.kind === 'there' && look.isUpload;
}

/** The pair of each picture with the one that stands for those that it equals. */
export function equalsIn({ pairs }: WeighedReport): Map<number, WeighedPair> {
  return new Map(
    pairs
      .filter(({ standIn }) => standIn !== null)
      .map((pair) => [pair.standIn === pair.a ? pair.b : pair.a, pair]),
  );
}

/** A file of the picture that stands for both of a pair. */
export function standInPath({ a, standIn, paths }: WeighedPair): string {
  return paths[standIn === a ? 0 : 1];
}

/** Tells which files are there and kept, since they lie in a reference. */
export function keptIn({ question }: WeighedReport, looks: PathLooks): (path: string) => boolean {
  const asked = new AskedFiles(question);
  return (path) => asked.isReference(path) && thereAt(looks, path)?.isLink === false;
}

/** The bridges of a report, by {@link pairKey}. */
export function bridgesIn({ bridges }: WeighedReport): Map<string, WeighedBridge> {
  return new Map(bridges.map((bridge) => [pairKey(bridge), bridge]));
}

export function pairKey({ a, b }: Pick<WeighedPair, 'a' | 'b'>): string {
  return `${a} ${b}`;
}
