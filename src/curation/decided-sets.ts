import type { DecidedPicture, NewDecision } from '../domain/decision.ts';
import type { ContentHash } from '../domain/picture.ts';

/**
 * Tells which decisions are about one set of pictures: a picture whose metadata were rewritten is the same one by its image
 * data, also where a decision knew its bytes alone.
 * @returns a key of a decision's set
 */
export function decidedSets(decisions: readonly NewDecision[]): (decision: NewDecision) => string {
  const imageDataOf = new Map<ContentHash, string>();
  for (const { pictures } of decisions) {
    for (const { contentHash, imageDataHash } of pictures) {
      if (imageDataHash !== null) {
        imageDataOf.set(contentHash, imageDataHash);
      }
    }
  }
  const nameOf = ({ contentHash, imageDataHash }: DecidedPicture) =>
    imageDataHash ?? imageDataOf.get(contentHash) ?? contentHash;
  return ({ pictures }) => pictures.map(nameOf).sort().join(' ');
}
