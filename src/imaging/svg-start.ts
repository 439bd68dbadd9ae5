import { readAscii } from './byte-signature.ts';

/** Inkscape and Illustrator write a license comment or entities first; more than this is not a drawing's start. */
const MOST_PROLOG_BYTES = 64 * 1024;

/** What may stand before the root: byte order mark, XML declaration, comments, a document type with entities. */
const PROLOG =
  /^(?:\u00ef\u00bb\u00bf)?(?:\s+|<\?[^>]*>|<!--[\s\S]*?-->|<!DOCTYPE[^[>]*(?:\[[^\]]*\]\s*)?>)*/i;
const SVG_ROOT = /^<svg[\s/>]/;

/** Offset of an SVG file's root element, or null when the bytes are no SVG. SVG inside HTML does not count. */
export function findSvgStart(bytes: Uint8Array): number | null {
  const head = readAscii(bytes, 0, MOST_PROLOG_BYTES);
  const start = PROLOG.exec(head)?.[0].length ?? 0;
  return SVG_ROOT.test(head.slice(start, start + 64)) ? start : null;
}
