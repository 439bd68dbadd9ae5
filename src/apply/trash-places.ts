import { readFileSync } from 'node:fs';
import { lstat, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { pathBelow } from '../domain/is-below.ts';
import { type MountTree, mountTree } from '../indexer/mount-tree.ts';
import { parseMounts } from '../indexer/parse-mounts.ts';
import { Refusal } from './refusal.ts';
import { lstatOrNull } from './seen-file.ts';

/** The trash of one volume: https://specifications.freedesktop.org/trash-spec/1.0/ */
export interface TrashPlace {
  /** Holds `files` and `info`. */
  readonly folder: string;
  /** What paths in it are relative to; null in the home trash, where they are absolute. */
  readonly top: string | null;
}

/** A name in a trash, chosen and not yet taken. */
export interface TrashName {
  readonly file: string;
  readonly info: { readonly path: string; readonly text: string };
}

/** Finds the trash that a file goes to, and names for it there. */
export class TrashPlaces {
  readonly #mounts: MountTree;
  readonly #home: string;
  readonly #places = new Map<string, Promise<TrashPlace>>();
  /** How many of a name were chosen: thousands of files can have one name. */
  readonly #chosen = new Map<string, number>();

  /** @param environment that of this process: the home trash lies in XDG_DATA_HOME, by default ~/.local/share */
  constructor(environment: NodeJS.ProcessEnv = process.env) {
    this.#mounts = mountTree(parseMounts(readFileSync('/proc/self/mountinfo', 'utf8')));
    const named = environment['XDG_DATA_HOME'] ?? '';
    const data = isAbsolute(named) ? named : join(environment['HOME'] || homedir(), '.local', 'share');
    this.#home = join(data, 'Trash');
  }

  /**
   * The trash of the volume that a file lies on.
   * @param path real
   * @throws Refusal where there can be none
   */
  of(path: string): Promise<TrashPlace> {
    const top = this.#mounts.mountOf(path)?.mountPoint;
    if (top === undefined) {
      throw new Refusal('nobody can tell which volume it lies on, so it has no trash');
    }
    const known = this.#places.get(top) ?? this.#find(top);
    this.#places.set(top, known);
    return known;
  }

  /**
   * Chooses a name that nothing in the trash has.
   * @param path of the file that goes there, real
   * @param deletedAt what the trash is told
   */
  async choose({ folder, top }: TrashPlace, path: string, deletedAt: Date): Promise<TrashName> {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const shown = top === null ? path : pathBelow(top, path);
    const text = `[Trash Info]\nPath=${shown.split('/').map(encodeURIComponent).join('/')}\nDeletionDate=${localTime(deletedAt)}\n`;
    const key = `${folder}/${name}`;
    for (let n = this.#chosen.get(key) ?? 1; ; n++) {
      const chosen = nameNumber(name, n);
      const file = join(folder, 'files', chosen);
      const info = { path: join(folder, 'info', `${chosen}.trashinfo`), text };
      if ((await lstatOrNull(file)) === null && (await lstatOrNull(info.path)) === null) {
        this.#chosen.set(key, n + 1);
        return { file, info };
      }
    }
  }

  async #find(top: string): Promise<TrashPlace> {
    if (this.#mounts.mountOf(await realFolder(this.#home))?.mountPoint === top) {
      return { folder: this.#home, top: null };
    }
    const user = String(process.getuid?.() ?? 0);
    if (await isSharedTrash(join(top, '.Trash'))) {
      return { folder: join(top, '.Trash', user), top };
    }
    const own = join(top, `.Trash-${user}`);
    const there = await lstatOrNull(own);
    if (there !== null && (!there.isDirectory() || String(there.uid) !== user)) {
      throw new Refusal(`${own}, where the trash of its volume would be, is no folder of this user`);
    }
    return { folder: own, top };
  }
}

/** The administrator's trash counts only when it is a folder, no link, in which each may remove only what is their own. */
async function isSharedTrash(path: string): Promise<boolean> {
  const there = await lstatOrNull(path);
  return there?.isDirectory() === true && (there.mode & STICKY) !== 0n;
}

const STICKY = 0o1000n;

/** Where a folder that need not be there would lie. */
async function realFolder(path: string): Promise<string> {
  try {
    await lstat(path);
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await realFolder(parent), path.slice(parent.length));
  }
}

/** What a name may have, less the ending of what is written beside it. */
const LONGEST_NAME_BYTES = 255 - '.trashinfo'.length;

/** `a.jpg`, `a.2.jpg`, `a.3.jpg`: cut where it would be too long. */
function nameNumber(name: string, n: number): string {
  const dot = name.lastIndexOf('.');
  const ending = dot > 0 ? name.slice(dot) : '';
  const tail = n === 1 ? ending : `.${n}${ending}`;
  const room = LONGEST_NAME_BYTES - Buffer.byteLength(tail);
  let stem = ending === '' ? name : name.slice(0, dot);
  while (Buffer.byteLength(stem) > room) {
    stem = [...stem].slice(0, -1).join('');
  }
  return stem + tail;
}

/** `2026-11-27T09:05:00`, the time of the wall clock, as the specification wants it. */
function localTime(date: Date): string {
  const pad = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  return `${day}T${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
}
