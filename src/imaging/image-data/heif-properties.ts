import { DoubtfulStructure } from './doubtful-structure.ts';
import { type Box, listInnerBoxes, openFullBox, requireBox } from './heif-boxes.ts';

/** More than any picture's, and little enough to keep what they say. */
const MOST_ASSOCIATION_BYTES = 1 << 20;

/** A property of an item, in the order in which it is applied. */
export interface HeifProperty {
  readonly isEssential: boolean;
  readonly box: Box;
}

/** Reads `iprp`: the properties of each item, by its id. */
export function readProperties(meta: readonly Box[]): Map<number, HeifProperty[]> {
  const properties = listInnerBoxes(requireBox(meta, 'iprp'));
  const all = listInnerBoxes(requireBox(properties, 'ipco'));
  const byItem = new Map<number, HeifProperty[]>();
  let bytesLeft = MOST_ASSOCIATION_BYTES;
  for (const { type, content } of properties) {
    if (type === 'ipma') {
      bytesLeft -= content.length;
      if (bytesLeft < 0) {
        throw new DoubtfulStructure('more properties than a picture has');
      }
      readAssociations(content, all, byItem);
    }
  }
  return byItem;
}

/** Index 0 stands for none. */
function readAssociations(
  content: Uint8Array,
  all: readonly Box[],
  byItem: Map<number, HeifProperty[]>,
): void {
  const { version, flags, reader } = openFullBox(content, 1);
  const indexSize = (flags & 1) === 1 ? 2 : 1;
  const essential = indexSize === 2 ? 0x8000 : 0x80;
  const count = reader.uint(4);
  for (let i = 0; i < count; i++) {
    const id = reader.uint(version === 0 ? 2 : 4);
    if (byItem.has(id)) {
      throw new DoubtfulStructure('properties of an item in two places');
    }
    const found: HeifProperty[] = [];
    const size = reader.uint(1);
    for (let k = 0; k < size; k++) {
      const index = reader.uint(indexSize);
      const box = all[(index & (essential - 1)) - 1];
      if (box === undefined) {
        throw new DoubtfulStructure('a property that is not there');
      }
      found.push({ isEssential: (index & essential) !== 0, box });
    }
    byItem.set(id, found);
  }
}
