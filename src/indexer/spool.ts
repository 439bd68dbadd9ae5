import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { translateDiskError } from '../domain/disk-error.ts';
import { EideticError } from '../domain/errors.ts';

/** Text that is kept in memory before it goes to the file, in code units. */
const MEMORY_UNITS = 1024 * 1024;

const CHUNK_BYTES = 64 * 1024;
const NEWLINE = 0x0a;

/**
 * A list that may grow longer than memory: items are written down as JSON, in memory at first, then in a file. It is
 * read from the start, as often as wanted, once all is added.
 */
export class Spool<Item> implements AsyncIterable<Item> {
  readonly #folder: string;
  #count = 0;
  #lines: string[] = [];
  #units = 0;
  #file: { readonly handle: FileHandle; readonly path: string } | null = null;
  #fileBytes = 0;

  /** @param folder where its file is made when it needs one; it need not be there */
  constructor(folder: string) {
    this.#folder = folder;
  }

  get count(): number {
    return this.#count;
  }

  /** @throws EideticError STORAGE_FULL */
  async add(item: Item): Promise<void> {
    const line = JSON.stringify(item);
    this.#lines.push(line);
    this.#units += line.length + 1;
    this.#count++;
    if (this.#units >= MEMORY_UNITS) {
      await this.#writeDown();
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item> {
    for await (const line of this.#fileLines()) {
      yield JSON.parse(line) as Item;
    }
    for (const line of this.#lines) {
      yield JSON.parse(line) as Item;
    }
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    this.#lines = [];
    if (file !== null) {
      await file.handle.close();
      await rm(file.path, { force: true });
    }
  }

  async #writeDown(): Promise<void> {
    const bytes = Buffer.from(`${this.#lines.join('\n')}\n`);
    this.#lines = [];
    this.#units = 0;
    try {
      this.#file ??= await openUnnamed(this.#folder);
      await this.#file.handle.appendFile(bytes);
    } catch (error) {
      throw unwritable(this.#folder, error);
    }
    this.#fileBytes += bytes.length;
  }

  async *#fileLines(): AsyncGenerator<string> {
    let position = 0;
    let rest = Buffer.alloc(0);
    while (this.#file !== null && position < this.#fileBytes) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      const { bytesRead } = await this.#file.handle.read(chunk, 0, chunk.length, position);
      if (bytesRead === 0) {
        throw new Error(`a plan of ${this.#fileBytes} bytes ended at ${position}`);
      }
      position += bytesRead;
      const known = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
      const end = known.lastIndexOf(NEWLINE) + 1;
      rest = known.subarray(end);
      if (end > 0) {
        yield* known.toString('utf8', 0, end - 1).split('\n');
      }
    }
  }
}

const FILE_NAME = /^plan-[0-9a-f]+\.jsonl$/;

/** Removes files that killed runs have left. Only to be called while no other run can be going on. */
export async function removeStaleSpools(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((one) => FILE_NAME.test(one))) {
    await rm(join(folder, name), { force: true }).catch(() => {}); // it only takes space
  }
}

/** A file that goes with its process: where the system allows it, it has no name while it is used. */
async function openUnnamed(folder: string): Promise<{ handle: FileHandle; path: string }> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `plan-${randomBytes(8).toString('hex')}.jsonl`);
  const handle = await open(path, 'wx+', 0o600);
  await rm(path).catch(() => {});
  return { handle, path };
}

function unwritable(folder: string, cause: unknown): unknown {
  const { code } = cause as NodeJS.ErrnoException;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') {
    return translateDiskError(cause, `The plan of the run cannot be written to ${folder}`);
  }
  return new EideticError(
    'STORAGE_FULL',
    `The plan of the run cannot be written to ${folder}: no space is left. Nothing was changed; free some space and index again.`,
    { cause },
  );
}
