import { sep } from 'node:path';

/** The half-open range of paths below a folder, in the order SQLite compares text (bytes of UTF-8). */
export function pathsBelow(folder: string): { from: string; to: string } {
  const from = folder.endsWith(sep) ? folder : folder + sep;
  // The character after the separator ends the range: '/' is followed by '0', '\' by ']'.
  const to = from.slice(0, -1) + String.fromCharCode(sep.charCodeAt(0) + 1);
  return { from, to };
}
