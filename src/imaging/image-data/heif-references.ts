import { ByteReader } from './byte-reader.ts';
import { DoubtfulStructure } from './doubtful-structure.ts';
import { type Box, findBox, listInnerBoxes, openFullBox } from './heif-boxes.ts';

/** More than any picture's, and little enough to keep what they say. */
const MOST_REFERENCE_BYTES = 1 << 20;

/** One item points to others. */
export interface HeifReference {
  /** Four letters: `dimg`, `auxl`, `cdsc`, … */
  readonly type: string;
  readonly from: number;
  readonly to: readonly number[];
}

/** Reads `iref`, if there is one: which item points to which, in the order of the file. */
export function readReferences(meta: readonly Box[]): HeifReference[] {
  const content = findBox(meta, 'iref');
  if (content === null) {
    return [];
  }
  if (content.length > MOST_REFERENCE_BYTES) {
    throw new DoubtfulStructure('more references than a picture has');
  }
  const { version, reader } = openFullBox(content, 1);
  const idSize = version === 0 ? 2 : 4;
  return listInnerBoxes(reader.take(reader.left)).map(({ type, content: reference }) => {
    const ids = new ByteReader(reference);
    const from = ids.uint(idSize);
    const count = ids.uint(2);
    return { type, from, to: Array.from({ length: count }, () => ids.uint(idSize)) };
  });
}
