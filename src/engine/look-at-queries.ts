import type { Embedding } from '../domain/embedding.ts';
import { EideticError } from '../domain/errors.ts';
import { boxRegion } from '../evaluation/box-region.ts';
import type { GroundTruth, TruthQuery } from '../evaluation/ground-truth.ts';
import type { PathProblem } from './list-files-below.ts';
import { type LookedPicture, orProblem, readAgain } from './look-at-folders.ts';
import type { PictureLook, PictureLooks } from './picture-looks.ts';

/** A query that could be read. */
export interface AskedQuery {
  readonly query: TruthQuery;
  /** By contender. */
  readonly vectors: readonly Embedding[];
}

/**
 * Cuts out the queries that have a box; the others were looked at already.
 * @param files those that could be read, by the names of the ground truth
 * @returns those that could be read, and why a box could not
 * @throws the signal's reason; EideticError as orProblem
 */
export async function lookAtQueries(
  { queries }: GroundTruth,
  files: ReadonlyMap<string, LookedPicture>,
  looks: PictureLooks,
  maxBytes: number,
  signal: AbortSignal,
): Promise<{ asked: AskedQuery[]; failures: PathProblem[] }> {
  const asked: AskedQuery[] = [];
  const failures: PathProblem[] = [];
  for (const query of queries) {
    signal.throwIfAborted();
    const file = files.get(query.image);
    if (file !== undefined) {
      const { bbox } = query;
      const look =
        bbox === undefined
          ? file
          : await orProblem(file.path, () => lookInBox(file, bbox, looks, maxBytes, signal));
      if ('code' in look) {
        failures.push(look);
      } else {
        asked.push({ query, vectors: look.vectors });
      }
    }
  }
  return { asked, failures };
}

async function lookInBox(
  file: LookedPicture,
  box: readonly [number, number, number, number],
  looks: PictureLooks,
  maxBytes: number,
  signal: AbortSignal,
): Promise<PictureLook> {
  const region = boxRegion(box, file);
  if (region === null) {
    throw new EideticError(
      'IMAGE_UNREADABLE',
      `The ground truth's box [${box.join(', ')}] lies outside the picture, which has ${file.width} x ${file.height} pixels.`,
    );
  }
  return looks.look(await readAgain(file, maxBytes), false, signal, region);
}
