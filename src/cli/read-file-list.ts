import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';

/** Files that a list names. */
export interface FileList {
  readonly paths: readonly string[];
  /** Bytes of those that are not UTF-8: as text, two of them could be one, or another file. */
  readonly rawPaths: readonly Uint8Array[];
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Reads a list of files.
 * @param file where it is, or `-` for stdin
 * @param isNullSeparated whether NUL bytes end its paths, and not the ends of lines
 * @throws what the system says when it cannot be read
 */
export function readFileList(file: string, isNullSeparated: boolean): FileList {
  const bytes = readFileSync(file === '-' ? 0 : file);
  const paths: string[] = [];
  const rawPaths: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(isNullSeparated ? 0 : LINE_FEED, start);
    const end = found < 0 ? bytes.length : found;
    const isCrLf = !isNullSeparated && end > start && bytes[end - 1] === CARRIAGE_RETURN;
    const path = bytes.subarray(start, isCrLf ? end - 1 : end);
    if (!isUtf8(path)) {
      rawPaths.push(path);
    } else if (path.length > 0) {
      paths.push(path.toString('utf8'));
    }
    start = end + 1;
  }
  return { paths, rawPaths };
}
