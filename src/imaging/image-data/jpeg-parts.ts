import { hasAscii } from '../byte-signature.ts';
import type { CodedParts } from './coded-parts.ts';
import { DoubtfulStructure } from './doubtful-structure.ts';
import { joinIccSegments } from './icc-segments.ts';
import { JPEG_MARKERS, type JpegSegment, listJpegSegments } from './jpeg-segments.ts';
import { relocateMultiPictureIndex } from './multi-picture-index.ts';
import { addOrientation } from './orientation-parts.ts';
import { isTellingXmp } from './telling-xmp.ts';

type Role = 'jfif' | 'exif' | 'xmp' | 'xmp-extension' | 'icc' | 'pictures' | 'gain-map' | 'color' | 'layer';

/** What application segments are told apart by. All others are metadata. */
const ROLES: readonly (readonly [app: number, mark: string, role: Role])[] = [
  [0, 'JFIF\0', 'jfif'],
  [1, 'Exif\0', 'exif'],
  [1, 'http://ns.adobe.com/xap/1.0/\0', 'xmp'],
  [1, 'http://ns.adobe.com/xmp/extension/\0', 'xmp-extension'],
  [2, 'ICC_PROFILE\0', 'icc'],
  [2, 'MPF\0', 'pictures'],
  [2, 'urn:iso:std:iso:ts:21496:-1\0', 'gain-map'],
  [8, 'SPIFF\0', 'color'],
  [11, 'JP', 'layer'],
  [11, 'HDR_RI', 'layer'],
  [14, 'Adobe', 'color'],
];

/** Segments by their role; those that have none are left out. */
type Found = Readonly<Record<Role, JpegSegment[]>>;

/**
 * Adds what decides how a JPEG picture is shown: all but application segments and comments as it is and in order, then
 * orientation, colors and, where the file holds more than one picture, what tells how they belong together. Bytes
 * after the first end marker (gain maps, previews, motion videos) count as they are. A gain map changes the picture on
 * bright screens, and the XMP or Apple's note of the first picture say how; so these count where there is one.
 * @throws DoubtfulStructure when it is not built as expected
 */
export function addJpegParts(parts: CodedParts, bytes: Uint8Array): void {
  const found = nothingFound();
  let frame: JpegSegment | null = null;
  let end: number | null = null;
  let isInScans = false;
  for (const segment of listJpegSegments(bytes)) {
    const { marker, at } = segment;
    if (marker === JPEG_MARKERS.endOfImage) {
      end = at;
      break;
    }
    isInScans ||= marker === JPEG_MARKERS.startOfScan;
    frame ??= isFrame(marker) ? segment : null;
    // Decoders that read no further than the first scan do not see what comes later, others do.
    if (isApplication(marker) && !isInScans) {
      const role = roleOf(segment);
      if (role !== null) {
        found[role].push(segment);
      }
    } else if (marker !== JPEG_MARKERS.comment) {
      parts.add(`marker ${marker}`, segment.content);
    }
  }
  if (frame === null || !isInScans) {
    throw new DoubtfulStructure('no frame or no scan');
  }
  addColors(parts, found, frame.content);
  addFurther(parts, found, bytes, end);
}

function nothingFound(): Found {
  return {
    jfif: [],
    exif: [],
    xmp: [],
    'xmp-extension': [],
    icc: [],
    pictures: [],
    'gain-map': [],
    color: [],
    layer: [],
  };
}

function isApplication(marker: number | null): boolean {
  return marker !== null && marker >= JPEG_MARKERS.app0 && marker <= JPEG_MARKERS.app15;
}

/** SOF0 to SOF15, without DHT, JPG and DAC, which lie between. */
function isFrame(marker: number | null): boolean {
  return marker !== null && marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

function roleOf({ marker, content }: JpegSegment): Role | null {
  const app = (marker ?? 0) - JPEG_MARKERS.app0;
  const role = ROLES.find(([number, mark]) => number === app && hasAscii(content, 0, mark))?.[2] ?? null;
  // JPEG XT keeps further layers in the same segments as JUMBF its claims of origin.
  return role === 'layer' && hasAscii(content, 12, 'jumb') ? null : role;
}

function addAll(parts: CodedParts, name: string, segments: readonly JpegSegment[]): void {
  for (const { content } of segments) {
    parts.add(name, content);
  }
}

function contentsOf(segments: readonly JpegSegment[]): Uint8Array[] {
  return segments.map(({ content }) => content);
}

function addColors(parts: CodedParts, found: Found, frame: Uint8Array): void {
  addAll(parts, 'color', found.color);
  if (found.jfif.length > 0 && !isSameWithoutJfif(frame, found.color)) {
    parts.addText('jfif', 'there');
  }
  const icc = contentsOf(found.icc);
  const profile = joinIccSegments(icc);
  if (profile === null) {
    addAll(parts, 'icc segment', found.icc);
  } else if (icc.length > 0) {
    parts.addJoined('icc', profile);
  }
}

/**
 * Whether it is gray, or YCbCr for every decoder, goes it by Adobe's segment or by the components' ids. Where it is
 * not, JFIF decides for some: it knows nothing but gray and YCbCr.
 */
function isSameWithoutJfif(frame: Uint8Array, color: readonly JpegSegment[]): boolean {
  const components = frame[5];
  if (components !== 3 || color.length > 1) {
    return components === 1 && color.length === 0;
  }
  const [declared] = color;
  return declared === undefined
    ? frame[6] === 1 && frame[9] === 2 && frame[12] === 3
    : hasAscii(declared.content, 0, 'Adobe') && declared.content[11] === 1;
}

/** @param end bytes from the start of the file to the end of the first picture; null when that is not marked */
function addFurther(parts: CodedParts, found: Found, bytes: Uint8Array, end: number | null): void {
  const shown = addOrientation(parts, contentsOf(found.exif), contentsOf(found.xmp));
  if (shown?.isAdobeRgb && found.icc.length === 0) {
    parts.addText('color space', 'Adobe RGB');
  }
  const xmp = [...found.xmp, ...found['xmp-extension']];
  if (xmp.some(({ content }) => isTellingXmp(content))) {
    addAll(parts, 'xmp', xmp);
  }
  addAll(parts, 'gain map', found['gain-map']);
  addAll(parts, 'layer', found.layer);
  // Without its end marker a file is cut off for some decoders, and whole for others.
  parts.addText('end', end === null ? 'missing' : 'marked');
  if (end === null || end === bytes.length) {
    return;
  }
  for (const { content, at } of found.pictures) {
    parts.add('pictures', relocateMultiPictureIndex(content, at, end));
  }
  if (shown !== null && shown.appleNote !== null) {
    parts.add('apple note', shown.appleNote);
  }
  parts.add('rest', bytes.subarray(end));
}
