import { isUtf8 } from 'node:buffer';

/** A name or path as text; null when its bytes are not UTF-8: what a text says of them may be another file's name. */
export function textOfName(bytes: Buffer): string | null {
  return isUtf8(bytes) ? bytes.toString('utf8') : null;
}
