import { readAscii } from '../byte-signature.ts';
import { ByteReader } from './byte-reader.ts';
import type { CodedParts } from './coded-parts.ts';
import { DoubtfulStructure } from './doubtful-structure.ts';
import { type Box, findBox, listBoxes, listInnerBoxes, openFullBox, requireBox } from './heif-boxes.ts';
import { type HeifItem, readItems, readPrimary } from './heif-items.ts';
import { readLocations } from './heif-locations.ts';
import { type HeifProperty, readProperties } from './heif-properties.ts';
import { type HeifReference, readReferences } from './heif-references.ts';
import { readShownByExif } from './shown-by-exif.ts';
import { isTellingXmp } from './telling-xmp.ts';

/** At the top: data that items name, and room. */
const STORAGE = new Set(['meta', 'mdat', 'free', 'skip']);

/** In `meta`: what is read item by item, and room. */
const TABLES = new Set(['pitm', 'iinf', 'iloc', 'iprp', 'iref', 'idat', 'free', 'skip']);

/** Types of items that describe. */
const METADATA = new Set(['Exif', 'mime', 'uri ']);

/** Properties that describe: texts and times of making and changing. */
const DESCRIBING = new Set(['udes', 'altt', 'crtt', 'mdft']);

/** What an item's properties and data are read from. */
interface HeifTables {
  readonly primary: number;
  readonly items: readonly HeifItem[];
  readonly data: ReadonlyMap<number, readonly Uint8Array[] | null>;
  readonly properties: ReadonlyMap<number, readonly HeifProperty[]>;
  readonly references: readonly HeifReference[];
}

/**
 * Adds what decides how a HEIC or AVIF picture is shown: which item is the picture, and of every item that is not
 * metadata its type, coded data, properties and references to others, wherever they lie in the file. EXIF orientation
 * does not count (ISO/IEC 23008-12). Items have their ids, which editors of metadata keep.
 * @throws DoubtfulStructure when it holds an image sequence or is not built as expected
 */
export function addHeifParts(parts: CodedParts, bytes: Uint8Array): void {
  const { boxes, rest } = listBoxes(bytes);
  if (boxes.some(({ type }) => type === 'moov' || type === 'moof')) {
    throw new DoubtfulStructure('an image sequence');
  }
  for (const { type, content } of boxes) {
    if (!STORAGE.has(type)) {
      parts.add(`box ${type}`, content);
    }
  }
  const full = openFullBox(requireBox(boxes, 'meta'), 0).reader;
  const meta = listInnerBoxes(full.take(full.left));
  addOtherTables(parts, meta);
  addItems(parts, {
    primary: readPrimary(meta),
    items: readItems(meta),
    data: readLocations(meta, { file: bytes, inner: findBox(meta, 'idat') }),
    properties: readProperties(meta),
    references: readReferences(meta),
  });
  parts.add('rest', rest);
}

/** Groups of items, of which one is shown in place of another, and what is not known. */
function addOtherTables(parts: CodedParts, meta: readonly Box[]): void {
  for (const { type, content } of meta) {
    if (!TABLES.has(type)) {
      parts.add(`table ${type}`, content);
    }
  }
}

function addItems(parts: CodedParts, tables: HeifTables): void {
  const { primary, items, references } = tables;
  const isDescription = findDescriptions(tables);
  const kept = items.filter((item) => !isDescription(item));
  checkMetadata(tables);
  const ids = new Set(kept.map(({ id }) => id));
  if (!ids.has(primary)) {
    throw new DoubtfulStructure('no picture to show');
  }
  parts.addText('primary', String(primary));
  for (const item of kept) {
    addItem(parts, item, tables);
  }
  for (const { type, from, to } of references) {
    if (ids.has(from) || (type !== 'cdsc' && to.some((id) => ids.has(id)))) {
      parts.addText('reference', `${type} ${from} ${to.join(' ')}`);
    }
  }
  addAppleNote(parts, tables);
}

/** Metadata without a place, and references to nothing: decoders refuse the file for them. */
function checkMetadata({ items, data, references }: HeifTables): void {
  const known = new Set(items.map(({ id }) => id));
  if (
    items.some(({ id, type }) => METADATA.has(type) && !data.has(id)) ||
    references.some(({ from, to }) => !known.has(from) || to.some((id) => !known.has(id)))
  ) {
    throw new DoubtfulStructure('an item that is not there');
  }
}

function addItem(
  parts: CodedParts,
  { id, type, isHidden }: HeifItem,
  { data, properties }: HeifTables,
): void {
  parts.addText('item', `${id} ${type} ${isHidden ? 'hidden' : 'shown'}`);
  const pieces = data.get(id);
  if (pieces === null) {
    throw new DoubtfulStructure('a picture without its data');
  }
  parts.addJoined('data', pieces ?? []);
  for (const { isEssential, box } of properties.get(id) ?? []) {
    if (!DESCRIBING.has(box.type)) {
      parts.add(`${isEssential ? 'essential' : 'optional'} ${box.type}`, box.content);
    }
  }
}

/**
 * Tells items that only describe. XMP does more where it says how to show a picture, as that of a gain map does, or is
 * about another item than the picture; so does, in doubt, what is not known or cannot be read.
 */
function findDescriptions({ primary, data, references }: HeifTables): (item: HeifItem) => boolean {
  const aboutOthers = new Set(
    references.filter(({ to }) => to.some((id) => id !== primary)).map(({ from }) => from),
  );
  return ({ id, type, contentType }) =>
    type === 'Exif' ||
    type === 'uri ' ||
    (contentType === 'application/rdf+xml' &&
      !aboutOthers.has(id) &&
      !isTellingXmp(Buffer.concat(data.get(id) ?? [])));
}

/** Apple's note in EXIF says how strongly Apple's gain map is applied. */
function addAppleNote(parts: CodedParts, { items, data, properties }: HeifTables): void {
  if (![...properties.values()].flat().some(isAppleGainMap)) {
    return;
  }
  for (const { id, type } of items) {
    if (type === 'Exif') {
      const block = exifBlockOf(Buffer.concat(data.get(id) ?? []));
      const shown = readShownByExif(block);
      const note = shown === null ? block : shown.appleNote;
      if (note !== null) {
        parts.add('apple note', note);
      }
    }
  }
}

function isAppleGainMap({ box }: HeifProperty): boolean {
  return box.type === 'auxC' && readAscii(box.content, 0, box.content.length).includes('hdrgainmap');
}

/** Past the bytes that the item's first number counts (ISO/IEC 23008-12, annex A.2.1). */
function exifBlockOf(item: Uint8Array): Uint8Array {
  const reader = new ByteReader(item);
  reader.take(reader.uint(4));
  return reader.take(reader.left);
}
