import type { ByteReader } from './byte-reader.ts';
import { DoubtfulStructure } from './doubtful-structure.ts';
import { type Box, listInnerBoxes, openFullBox, requireBox } from './heif-boxes.ts';

/** What a HEIF file holds: a coded or derived picture, or metadata. */
export interface HeifItem {
  readonly id: number;
  /** Four letters: `hvc1`, `av01`, `grid`, `Exif`, `mime`, … */
  readonly type: string;
  readonly isHidden: boolean;
  /** Of type `mime`; null when it is of another type, or compressed. */
  readonly contentType: string | null;
}

/** Reads `pitm`: the id of the item that is shown. */
export function readPrimary(meta: readonly Box[]): number {
  const { version, reader } = openFullBox(requireBox(meta, 'pitm'), 1);
  return reader.uint(version === 0 ? 2 : 4);
}

/** Reads `iinf`: items in the order of the file. */
export function readItems(meta: readonly Box[]): HeifItem[] {
  const { version, reader } = openFullBox(requireBox(meta, 'iinf'), 1);
  const count = reader.uint(version === 0 ? 2 : 4);
  const boxes = listInnerBoxes(reader.take(reader.left));
  if (boxes.length !== count || new Set(boxes.map(({ type }) => type)).size > 1) {
    throw new DoubtfulStructure('a list of items that is not whole');
  }
  const items = boxes.map(({ content }) => readItem(content));
  if (new Set(items.map(({ id }) => id)).size !== items.length) {
    throw new DoubtfulStructure('an item twice');
  }
  return items;
}

/** Version 2 and 3 (ISO/IEC 14496-12, section 8.11.6); a protected item cannot be told. */
function readItem(content: Uint8Array): HeifItem {
  const { version, flags, reader } = openFullBox(content, 3);
  const id = reader.uint(version === 3 ? 4 : 2);
  if (version < 2 || reader.uint(2) !== 0) {
    throw new DoubtfulStructure('an old or protected item');
  }
  const type = reader.text(4);
  return {
    id,
    type,
    isHidden: (flags & 1) === 1,
    contentType: type === 'mime' ? readContentType(reader) : null,
  };
}

function readContentType(reader: ByteReader): string | null {
  reader.textToZero();
  const contentType = reader.textToZero();
  return reader.left > 0 && reader.textToZero() !== '' ? null : contentType;
}
