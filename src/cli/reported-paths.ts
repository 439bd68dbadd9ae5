import type { PathLook, PathLooks } from '../duplicates/path-look.ts';
import type { WeighedGroup, WeighedPair, WeighedReport } from '../duplicates/weigh-report.ts';

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
