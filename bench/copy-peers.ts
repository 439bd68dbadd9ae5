import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packBits } from './bit-hash.ts';
import { byCosine, byHash, type CopyContender } from './copy-contenders.ts';
import { keptFolder } from './kept-folder.ts';
import { pythonWith, runPython } from './python-environment.ts';

/** A list of files, and a name that says which they are. */
export interface FileList {
  readonly name: string;
  readonly paths: readonly string[];
}

const IMAGEDEDUP = 'imagededup==0.3.3.post2';
const FASTDUP = 'fastdup==2.54';

/**
 * The tools that people use, from PyPI. Each describes the files, by its own decoder and network or hash; what it described is compared
 * by exact search with its own measure: bits in common for PHash, cosine for vectors. What cannot be had is said and
 * skipped.
 */
export async function peerContenders(
  lists: readonly FileList[],
  say: (line: string) => void,
): Promise<CopyContender[]> {
  return [
    ...(await orSkipped('imagededup', say, () => byImagededup(lists, say))),
    ...(await orSkipped('fastdup', say, () => byFastdup(lists, say))),
  ];
}

async function orSkipped(
  peer: string,
  say: (line: string) => void,
  describe: () => Promise<CopyContender[]>,
): Promise<CopyContender[]> {
  try {
    return await describe();
  } catch (error) {
    say(`SKIPPED: ${peer}: ${(error as Error).message}`);
    return [];
  }
}

async function byImagededup(
  lists: readonly FileList[],
  say: (line: string) => void,
): Promise<CopyContender[]> {
  const folders = await describeAll(IMAGEDEDUP, 'imagededup_describe.py', lists);
  const hashes = new Map<string, string>();
  const vectors: Float32Array[] = [];
  for (const [i, folder] of folders.entries()) {
    const { paths } = lists[i] as FileList;
    const found = JSON.parse(readFileSync(join(folder, 'hashes.json'), 'utf8')) as Record<string, string>;
    for (const [path, hash] of Object.entries(found)) {
      hashes.set(path, hash);
    }
    if (existsSync(join(folder, 'vectors.f32'))) {
      vectors.push(...floatRows(join(folder, 'vectors.f32'), paths.length));
    }
  }
  const all = lists.flatMap(({ paths }) => paths);
  requireAll('imagededup PHash', all, hashes);
  const contenders = byHash(
    'imagededup PHash',
    all.map((path) => [bitsOfHex(hashes.get(path) as string)]),
  );
  if (vectors.length < all.length) {
    const why = readFileSync(join(folders[0] as string, 'missing.txt'), 'utf8');
    say(`SKIPPED: imagededup CNN: its weights cannot be had: ${why}`);
    return contenders;
  }
  return [...contenders, byCosine('imagededup CNN', vectors)];
}

async function byFastdup(lists: readonly FileList[], say: (line: string) => void): Promise<CopyContender[]> {
  const folders = await describeAll(FASTDUP, 'fastdup_describe.py', lists);
  const vectors = new Map<string, Float32Array>();
  for (const folder of folders) {
    const [, ...lines] = readFileSync(join(folder, 'atrain_features.dat.csv'), 'utf8').trim().split('\n');
    const rows = floatRows(join(folder, 'atrain_features.dat'), lines.length);
    for (const [i, line] of lines.entries()) {
      vectors.set(line.slice(line.indexOf(',') + 1).replaceAll('"', ''), unitOf(rows[i] as Float32Array));
    }
  }
  const all = lists.flatMap(({ paths }) => paths);
  const missing = all.filter((path) => !vectors.has(path)).length;
  if (missing > 0) {
    say(`fastdup gave no vector for ${missing} of ${all.length} files: it finds no copy there.`);
  }
  return [
    byCosine(
      'fastdup',
      all.map((path) => vectors.get(path) ?? null),
    ),
  ];
}

/** A folder of each list with what the peer wrote, kept. */
async function describeAll(
  requirement: string,
  script: string,
  lists: readonly FileList[],
): Promise<string[]> {
  const python = await pythonWith(requirement);
  const program = fileURLToPath(new URL(`../../bench/peers/${script}`, import.meta.url));
  const folders: string[] = [];
  for (const { name, paths } of lists) {
    const kept = `copy-peers-${requirement.replaceAll('=', '-')}-${name}`;
    folders.push(
      await keptFolder(kept, (folder) =>
        runPython(python, [program, folder], paths.map((path) => `${path}\n`).join('')),
      ),
    );
  }
  return folders;
}

function requireAll(peer: string, paths: readonly string[], found: ReadonlyMap<string, unknown>): void {
  const missing = paths.filter((path) => !found.has(path));
  if (missing.length > 0) {
    throw new Error(`${peer} could not describe ${missing.length} files, ${missing[0]} among them.`);
  }
}

function bitsOfHex(hex: string) {
  return packBits([...BigInt(`0x1${hex}`).toString(2)].slice(1).map((bit) => bit === '1'));
}

function floatRows(file: string, count: number): Float32Array[] {
  const values = new Float32Array(new Uint8Array(readFileSync(file)).buffer);
  const width = values.length / count;
  return Array.from({ length: count }, (_, i) => values.subarray(i * width, (i + 1) * width));
}

function unitOf(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
