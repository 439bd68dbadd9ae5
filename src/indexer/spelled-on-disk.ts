import { lstat, readdir } from 'node:fs/promises';
import { join, parse, sep } from 'node:path';
import { isAbsent } from '../domain/describe-system-error.ts';
import { unicodeForms } from '../domain/unicode-forms.ts';
import { identityOf } from './list-folder.ts';

/**
 * A path with its names as the disk lists them. Where upper and lower case, or composed and decomposed letters, are one
 * name to a file system, a file answers to many spellings, and only the listed one is compared; elsewhere a name that
 * is not there may be there in another Unicode form. What is not there at all stays as it is given.
 * @param path absolute
 * @param known spellings of folders found before, for who asks about many paths; added to
 */
export async function spelledOnDisk(path: string, known = new Map<string, string>()): Promise<string> {
  const { root } = parse(path);
  const names = path.slice(root.length).split(sep);
  let given = root;
  let spelled = root;
  for (const [i, name] of names.entries()) {
    given = join(given, name);
    const isFolder = i < names.length - 1;
    const before = isFolder ? known.get(given) : undefined;
    const found = before ?? (await spelledIn(spelled, name));
    if (found === null) {
      return join(spelled, ...names.slice(i));
    }
    spelled = before ?? join(spelled, found);
    if (isFolder) {
      known.set(given, spelled);
    }
  }
  return spelled;
}

/**
 * One name as its folder lists it, and as {@link spelledOnDisk} takes it.
 * @returns null when nothing is there by any form of it
 */
export async function spelledIn(folder: string, name: string): Promise<string | null> {
  const identity = await lookAt(folder, name);
  const others = unicodeForms(name).slice(1);
  if (identity === null) {
    for (const other of others) {
      if ((await lookAt(folder, other)) !== null) {
        return other;
      }
    }
    return null;
  }
  for (const other of [withOtherCase(name), ...others]) {
    if (other !== name && (await lookAt(folder, other)) === identity) {
      return listedName(folder, name, identity);
    }
  }
  return name;
}

/** Device and inode of what is at a name; `unknown` where nobody may look; null when nothing is there. */
async function lookAt(folder: string, name: string): Promise<string | null> {
  try {
    return identityOf(await lstat(join(folder, name), { bigint: true }));
  } catch (error) {
    return isAbsent(error) ? null : 'unknown';
  }
}

async function listedName(folder: string, name: string, identity: string): Promise<string> {
  const names = await readdir(folder).catch((): string[] => []);
  if (names.includes(name)) {
    return name; // both are there: hard links
  }
  for (const listed of names.filter((other) => isSameButForSpelling(other, name))) {
    if ((await lookAt(folder, listed)) === identity) {
      return listed;
    }
  }
  return name;
}

/** Whether two names or paths differ at most in case and Unicode form. */
export function isSameButForSpelling(a: string, b: string): boolean {
  return a === b || fold(a) === fold(b);
}

function fold(text: string): string {
  return text.normalize('NFC').toUpperCase().toLowerCase();
}

function withOtherCase(name: string): string {
  const lower = name.toLowerCase();
  return lower === name ? name.toUpperCase() : lower;
}
