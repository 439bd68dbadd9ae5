import { basename } from 'node:path';
import type { FileStart, FileVerdict } from '../domain/file-verdict.ts';
import { endingOf, isRawName, kindOfName, type NameKind } from './name-kinds.ts';
import { EMPTY_FILE } from './picture-checks.ts';
import { sniffFormat } from './picture-format.ts';
import { type FileKind, nameKind, refuseUnsupported } from './unsupported-format.ts';

/**
 * Whether a file is worth reading as a picture, by its first bytes; where they tell nothing, by its name. What is no
 * picture and was never to be one is no failure; what is named like a picture and is none is.
 * @returns null when it is
 */
export function judgeFile({ path, bytes, wasPicture }: FileStart): FileVerdict | null {
  const format = bytes.length > 0 ? sniffFormat(bytes) : null;
  const name = kindOfName(path);
  const kind = kindOf(bytes, name);
  if (format === 'tiff' && isRawName(path)) {
    // Not every camera writes what isCameraRaw knows, and its first picture would pass for the photo.
    return { code: 'FORMAT_UNSUPPORTED', message: refuseByName(path, kind) };
  }
  if (format !== null) {
    return null;
  }
  if (kind.nature === 'picture') {
    return { code: 'FORMAT_UNSUPPORTED', message: refuseUnsupported(bytes).message };
  }
  if (name === 'unread' && (kind.nature === 'unknown' || kind.nature === 'container')) {
    return { code: 'FORMAT_UNSUPPORTED', message: refuseByName(path, kind) };
  }
  if (wasPicture || (promisesPicture(name) && !isNoteAbout(path, kind))) {
    return { code: 'IMAGE_UNREADABLE', message: tellBroken(path, kind, name) };
  }
  return { code: 'NOT_A_PICTURE', message: `Found ${kind.name}, no picture.` };
}

const EMPTY: FileKind = { name: 'an empty file', nature: 'other', isGuess: false };
const UNKNOWN: FileKind = { name: 'an unknown kind of file', nature: 'unknown', isGuess: false };

function kindOf(bytes: Uint8Array, name: NameKind): FileKind {
  if (bytes.length === 0) {
    return EMPTY;
  }
  const kind = nameKind(bytes);
  return kind.isGuess && name === 'other' ? UNKNOWN : kind;
}

function promisesPicture(name: NameKind): boolean {
  return name === 'readable' || name === 'unread';
}

/** macOS keeps notes about `IMG_1.jpg` in `._IMG_1.jpg` beside it, on file systems of others. */
function isNoteAbout(path: string, kind: FileKind): boolean {
  return basename(path).startsWith('._') && kind.name.startsWith('an AppleDouble file');
}

function refuseByName(path: string, { name }: FileKind): string {
  return `The name ends in .${endingOf(path)}, a format of pictures that Eidetic does not read (found ${name}); convert it to PNG or JPEG to have it included.`;
}

function tellBroken(path: string, kind: FileKind, name: NameKind): string {
  if (kind === EMPTY) {
    return EMPTY_FILE;
  }
  const promise = promisesPicture(name)
    ? `The name ends in .${endingOf(path)}, but the file holds no picture`
    : 'The file held a picture when it was last read, and holds none now';
  return `${promise}: found ${kind.name}; restore it from a backup or download it again, or rename it if it is no picture.`;
}
