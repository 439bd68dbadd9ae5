import { EideticError } from '../domain/errors.ts';
import type { DuplicateRelation } from './duplicate-group.ts';
import type { WeighedGroup } from './weigh-report.ts';

/** Groups in the order of their report. */
export interface ListedGroups {
  /** All that are behind the cursor; a page takes the first of them. */
  readonly rest: readonly WeighedGroup[];
  /** For the page behind the first `shown` of them; null when there are no more. */
  cursorBehind(shown: number): string | null;
}

/**
 * Groups of a report from a place on. Looking at the files again may change their order: a cursor leads behind the group
 * that it names, and where that has gone to where it was.
 * @param relation only groups of this one; null for all
 * @param cursor of the page before, which named the same relation; undefined for the first
 * @throws EideticError INVALID_INPUT for a cursor that is none
 */
export function listGroups(
  groups: readonly WeighedGroup[],
  relation: DuplicateRelation | null,
  cursor: string | undefined,
): ListedGroups {
  const wanted = relation === null ? groups : groups.filter((group) => group.relation === relation);
  const start = cursor === undefined ? 0 : placeBehind(wanted, cursor);
  const rest = wanted.slice(start);
  return {
    rest,
    cursorBehind(shown) {
      const last = rest[shown - 1];
      return last === undefined || shown >= rest.length
        ? null
        : Buffer.from(`groups:${start + shown - 1}:${lowestId(last)}`).toString('base64url');
    },
  };
}

function placeBehind(groups: readonly WeighedGroup[], cursor: string): number {
  const text = Buffer.from(cursor, 'base64url').toString();
  const [, place, id] = /^groups:(\d{1,15}):(\d{1,15})$/.exec(text) ?? [];
  if (place === undefined) {
    throw new EideticError('INVALID_INPUT', 'The cursor is not one of this server; start again without it.');
  }
  const found = groups.findIndex((group) => lowestId(group) === Number(id));
  return found < 0 ? Number(place) : found + 1;
}

/** No two groups have the same: a picture is in one at most. */
function lowestId({ pictures }: WeighedGroup): number {
  return Math.min(...pictures.map(({ id }) => id));
}
