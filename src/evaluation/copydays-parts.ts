import { basename, dirname, extname, sep } from 'node:path';
import { pathBelow } from '../domain/is-below.ts';

/** What is searched. */
export const ORIGINAL = 'original';

/** What lies in no folder of its own and is no original. */
const STRONG = 'strong';

/** A file of Copydays, by its name. */
export interface CopydaysFile {
  readonly path: string;
  /** Its first four digits: pictures with the same are copies of one original. */
  readonly block: string;
  /** `original`, `strong`, `crops/50`, `jpegqual/3`, … */
  readonly part: string;
}

/**
 * What a file of INRIA Copydays is, as DINO's eval_copy_detection.py lays it out: `original`, `strong`, `crops/10` to `80`
 * and `jpegqual/3` to `75`, each a folder, whose files are named by six digits. What lies in no folder is an original when
 * the last two of its digits are 00, else a strong copy.
 * @returns null for one that is not named by six digits
 */
export function copydaysFile(folder: string, path: string): CopydaysFile | null {
  const name = basename(path, extname(path));
  if (!/^\d{6}$/.test(name)) {
    return null;
  }
  const inside = dirname(pathBelow(folder, path)).split(sep).join('/');
  const part = inside !== '.' ? inside : name.endsWith('00') ? ORIGINAL : STRONG;
  return { path, block: name.slice(0, 4), part };
}

const NUMERIC = new Intl.Collator('en', { numeric: true });

/** Each part once: originals, strong copies, then by name and number. */
export function partsOf(files: readonly CopydaysFile[]): string[] {
  const first = [ORIGINAL, STRONG];
  const place = (part: string) => (first.includes(part) ? first.indexOf(part) : first.length);
  return [...new Set(files.map(({ part }) => part))].sort(
    (a, b) => place(a) - place(b) || NUMERIC.compare(a, b),
  );
}
