import { isUtf8 } from 'node:buffer';

/** The longest character of UTF-8, bytes. */
const LONGEST = 4;

/**
 * Bytes of a name as a person can read them: what is UTF-8 as it is, any other byte as `\xNN`, and a backslash as two,
 * so that no two names look the same.
 */
export function readableBytes(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let i = 0; i < bytes.length; ) {
    const length = characterLength(bytes.subarray(i, i + LONGEST));
    const character = Buffer.from(bytes.subarray(i, i + Math.max(length, 1)));
    if (length === 0) {
      pieces.push(`\\x${character.toString('hex')}`);
    } else {
      pieces.push(character.toString() === '\\' ? '\\\\' : character.toString());
    }
    i += Math.max(length, 1);
  }
  return pieces.join('');
}

/** Bytes of the character that these begin with; 0 when it is none. */
function characterLength(bytes: Uint8Array): number {
  for (let length = 1; length <= bytes.length; length++) {
    if (isUtf8(bytes.subarray(0, length))) {
      return length;
    }
  }
  return 0;
}
