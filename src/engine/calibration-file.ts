import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { COPY_RULE_VERSION } from '../copies/judge-pair.ts';
import { type CopyLine, isCalledCopy, type ScoredPair } from '../domain/copy-line.ts';
import { keepJson } from './keep-json.ts';
import type { Library } from './library.ts';

/** Which edited copies of its own pictures a library knows again; a cache, stamped with what it was measured with. */
export interface Calibration {
  readonly ruleVersion: number;
  readonly space: string;
  readonly revision: number;
  readonly modelKey: string;
  readonly seed: number;
  /** Of so many pictures copies were made. */
  readonly pictures: number;
  /** Of each copy what was found of it and its original; null where a report would not come to call it one at any line. */
  readonly edits: ReadonlyArray<{ readonly edit: string; readonly copies: ReadonlyArray<ScoredPair | null> }>;
}

const FILE = 'calibration.json';

/** Keeps it in the library's folder, in place of the former. @throws EideticError READ_ONLY, STORAGE_FULL */
export async function keepCalibration({ config }: Library, calibration: Calibration): Promise<void> {
  await keepJson(join(config.library, FILE), calibration, 'The calibration');
}

/** What was kept; null when there is none, when it cannot be read, or was measured with another rule, model or space. */
export async function readCalibration({ config, spaces }: Library): Promise<Calibration | null> {
  const { space } = spaces.forCopies;
  try {
    const kept = JSON.parse(await readFile(join(config.library, FILE), 'utf8')) as Partial<Calibration>;
    const isOfNow =
      kept.ruleVersion === COPY_RULE_VERSION &&
      kept.space === space.id &&
      kept.revision === space.revision &&
      kept.modelKey === space.modelKey;
    return isOfNow && isWhole(kept) ? kept : null;
  } catch {
    return null; // a cache: who needs it measures again
  }
}

function isWhole(kept: Partial<Calibration>): kept is Calibration {
  return (
    Number.isSafeInteger(kept.seed) &&
    Number.isSafeInteger(kept.pictures) &&
    Array.isArray(kept.edits) &&
    kept.edits.every(
      ({ edit, copies }) => typeof edit === 'string' && Array.isArray(copies) && copies.every(isScoredOrNull),
    )
  );
}

function isScoredOrNull(found: Partial<ScoredPair> | null): boolean {
  return found === null || (Number.isFinite(found.score) && typeof found.isHeldBack === 'boolean');
}

/** The share of edited copies that a line finds. */
export interface CopyRecall {
  /** Of so many pictures copies were made to measure it. */
  readonly pictures: number;
  readonly byEdit: Readonly<Record<string, number>>;
}

/** What was measured of a line; null where nobody has, with the rule, model and space of now. */
export async function recallAt(library: Library, line: CopyLine): Promise<CopyRecall | null> {
  const calibration = await readCalibration(library);
  return (
    calibration && {
      pictures: calibration.pictures,
      byEdit: Object.fromEntries(recallByEdit(calibration, line)),
    }
  );
}

/** Share of a calibration's copies that a line finds, by edit; an edit of which no copy could be made is left out. */
export function recallByEdit({ edits }: Calibration, line: CopyLine): Map<string, number> {
  return new Map(
    edits
      .filter(({ copies }) => copies.length > 0)
      .map(({ edit, copies }) => {
        const found = copies.filter((pair) => pair !== null && isCalledCopy(pair, line));
        return [edit, found.length / copies.length];
      }),
  );
}
