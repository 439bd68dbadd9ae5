import type { FileLedger, FileMark, FormerName, LeftPath } from '../domain/file-ledger.ts';
import type { PictureId } from '../domain/picture.ts';
import { inBatches } from './in-batches.ts';
import type { Moves } from './moves.ts';
import { stillAbsent } from './still-absent.ts';

const BATCH = 1_000;

/**
 * Takes names out of the catalog that are not there, and whose file came in this run by another name: it has moved,
 * wherever the former name lay. No picture is lost by it, for the other name holds it.
 * @param cameAfter the mark from before the run
 * @param onMoved told the paths that were taken out
 */
export async function removeFormerNames(
  files: Pick<FileLedger, 'commit' | 'formerNames' | 'newerFiles'>,
  cameAfter: FileMark,
  moves: Moves,
  onMoved: (path: string) => void,
): Promise<void> {
  for await (const names of inBatches(files.formerNames(cameAfter), BATCH)) {
    const absent = new Set(await stillAbsent(names.map(({ path }) => path)));
    const moved = await pairEachOnce(
      files,
      cameAfter,
      moves,
      names.filter(({ path }) => absent.has(path)),
    );
    if (moved.length > 0) {
      await files.commit({ files: [], failures: [], removed: moved.map(({ path }) => path) });
    }
    for (const { pictureId, path, newer } of moved) {
      moves.add(pictureId, path, newer);
      onMoved(path);
    }
  }
}

/** Of several former names of one file, as many as it has new ones. */
async function pairEachOnce(
  files: Pick<FileLedger, 'newerFiles'>,
  cameAfter: FileMark,
  moves: Moves,
  names: readonly FormerName[],
): Promise<FormerName[]> {
  const free = new Map<PictureId, number>();
  const wanted = wantedOf(names, moves);
  for (const { pictureId } of await files.newerFiles(wanted, cameAfter)) {
    free.set(pictureId, (free.get(pictureId) ?? 0) + 1);
  }
  const [formers, newer] = [new Set<string>(), new Set<string>()];
  return names.filter((name) => {
    const left = free.get(name.pictureId) ?? 0;
    const isPair = left > 0 && !formers.has(name.path) && !newer.has(name.newer);
    if (isPair) {
      free.set(name.pictureId, left - 1);
      formers.add(name.path);
      newer.add(name.newer);
    }
    return isPair;
  });
}

/**
 * Notes as moved those of the paths that have left whose picture a file holds that came in this run.
 * @returns the others
 */
export async function noteMoved(
  files: Pick<FileLedger, 'newerFiles'>,
  left: readonly LeftPath[],
  cameAfter: FileMark,
  moves: Moves,
): Promise<string[]> {
  const newer = new Map<PictureId, string[]>();
  for (const { pictureId, path } of await files.newerFiles(wantedOf(left, moves), cameAfter)) {
    const paths = newer.get(pictureId) ?? [];
    paths.push(path);
    newer.set(pictureId, paths);
  }
  const gone: string[] = [];
  for (const { pictureId, path } of left) {
    const to = newer.get(pictureId)?.shift();
    if (to === undefined) {
      gone.push(path);
    } else {
      moves.add(pictureId, path, to);
    }
  }
  return gone;
}

function wantedOf(paths: ReadonlyArray<{ readonly pictureId: PictureId }>, moves: Moves) {
  const count = new Map<PictureId, number>();
  for (const { pictureId } of paths) {
    count.set(pictureId, (count.get(pictureId) ?? 0) + 1);
  }
  return [...count].map(([pictureId, most]) => ({ pictureId, most, skip: moves.takenOf(pictureId) }));
}
