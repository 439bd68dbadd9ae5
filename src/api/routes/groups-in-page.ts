import type { DuplicateGroup } from '../../duplicates/duplicate-group.ts';
import { MOST_MEMBERS_SHOWN, MOST_PICTURES_IN_PAGE } from '../schemas/duplicates-schema.ts';

/** The pictures of a group that a page lists. */
export function shownOf({ pictures }: Pick<DuplicateGroup, 'pictures'>): DuplicateGroup['pictures'] {
  return pictures.slice(0, MOST_MEMBERS_SHOWN);
}

/** The first groups, at least one, that list no more pictures than a page has. */
export function groupsInPage<Group extends Pick<DuplicateGroup, 'pictures'>>(
  groups: readonly Group[],
): readonly Group[] {
  let pictures = 0;
  const end = groups.findIndex((group) => {
    pictures += shownOf(group).length;
    return pictures > MOST_PICTURES_IN_PAGE;
  });
  return end < 0 ? groups : groups.slice(0, Math.max(1, end));
}
