import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { killingCalls } from '../test/support/killing-calls.ts';
import { seededRandom } from '../test/support/seeded-random.ts';
import { treeContent } from '../test/support/tree-content.ts';
import type { BenchOptions } from './bench-options.ts';
import { realPhotos } from './real-photos.ts';

const PROGRAM = fileURLToPath(new URL('../src/cli/eidetic.cjs', import.meta.url));
const PHOTOS = 1_000;
const KILLS = 40;
const SEED = 1;

/**
 * What killing does to a plan: 1,000 photos and a copy of each, every other of the same bytes, the others with a comment
 * in them, on a disk and on a volume of its own. `duplicates`, `plan`, `apply` and `undo` by the real program; `apply` and
 * `undo` are killed (SIGKILL) before random ones of their calls that change files, 40 times each, and run again. Told is
 * whether all was as in a run that was not killed, and as it began, by names, bytes, modes, owners, times and extended
 * attributes.
 */
export async function benchPlanKilled({ say }: BenchOptions): Promise<void> {
  const photos = realPhotos();
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'eidetic-plan-killed-')));
  const kill = killingCalls(folder);
  if (photos.length === 0 || kill === null) {
    say('plan-killed skipped: it needs EIDETIC_PHOTOS and a C compiler.');
    return;
  }
  try {
    killOn('a disk', join(folder, 'pictures'), join(folder, 'a'), photos, kill, say);
    const volume = join(folder, 'volume');
    mkdirSync(volume);
    if (spawnSync('mount', ['-t', 'tmpfs', 'none', volume]).status !== 0) {
      say('a second volume skipped: nothing may be mounted here.');
      return;
    }
    try {
      killOn('a second volume', volume, join(folder, 'b'), photos, kill, say);
    } finally {
      spawnSync('umount', [volume]);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Kill = NonNullable<ReturnType<typeof killingCalls>>;

function killOn(
  name: string,
  pictures: string,
  beside: string,
  photos: readonly string[],
  kill: Kill,
  say: (line: string) => void,
): void {
  mkdirSync(join(beside, 'home'), { recursive: true });
  makePictures(pictures, photos);
  const library = join(beside, 'library');
  const plan = join(beside, 'plan.jsonl');
  const eidetic = (words: readonly string[], environment: Record<string, string> = {}) => {
    const { status, signal, stdout, stderr } = spawnSync(
      process.execPath,
      [PROGRAM, '--library', library, ...words],
      {
        encoding: 'utf8',
        maxBuffer: 1 << 28,
        env: { PATH: process.env['PATH'], HOME: join(beside, 'home'), ...environment },
      },
    );
    if (signal === null && status !== 0) {
      throw new Error(`eidetic ${words.join(' ')} ended with ${status}:\n${stderr}`);
    }
    return { wasKilled: signal === 'SIGKILL', stdout };
  };
  const timed = (words: readonly string[]) => {
    const start = performance.now();
    eidetic(words);
    return `${words[0]} ${((performance.now() - start) / 1000).toFixed(1)} s`;
  };
  const times = [timed(['index', pictures]), timed(['duplicates']), timed(['plan', '--out', plan])];
  const before = contentOf(pictures);
  times.push(timed(['apply', plan, '--yes']));
  const dropped = contentOf(pictures);
  times.push(timed(['undo']));
  say(
    `${name}, ${2 * PHOTOS} files: ${times.join(', ')}; as it began: ${isSame(contentOf(pictures), before)}`,
  );

  const random = seededRandom(SEED);
  const killed = (callsPerFile: number, words: readonly string[]): number => {
    const countInto = join(beside, 'count');
    let kills = 0;
    // Each run that is killed goes on where the last one was; so many calls there are about in all.
    for (; kills < KILLS; kills++) {
      const at = 1 + Math.floor(random() * 2 * (callsPerFile * PHOTOS) * (1 / KILLS));
      if (!eidetic(words, kill(at, countInto)).wasKilled) {
        return kills;
      }
    }
    eidetic(words);
    return kills;
  };
  const applied = killed(5, ['apply', plan, '--yes']);
  say(
    `  apply killed ${applied} times: as without: ${isSame(onlyFiles(contentOf(pictures)), onlyFiles(dropped))}`,
  );
  const undone = killed(3.5, ['undo']);
  say(`  undo killed ${undone} times: as it began: ${isSame(contentOf(pictures), before)}`);
}

function makePictures(pictures: string, photos: readonly string[]): void {
  for (let n = 0; n < PHOTOS; n++) {
    const from = photos[n % photos.length] as string;
    const original = join(pictures, 'photos', `${n % 10}`, `${n}.jpg`);
    const copy = join(pictures, 'old backup', `${n % 7}`, `${n % 3}`, `${n}.jpg`);
    mkdirSync(dirname(original), { recursive: true });
    mkdirSync(dirname(copy), { recursive: true });
    copyFileSync(from, original);
    if (n % 2 === 0) {
      copyFileSync(from, copy);
    } else {
      writeFileSync(copy, withComment(readFileSync(from), `copy ${n}`), { mode: 0o640 });
    }
    for (const path of [original, copy]) {
      utimesSync(path, statSync(path).atimeMs / 1000, 1_500_000_000.25 + n);
    }
  }
  const attribute =
    "import os,sys\nfor line in sys.stdin: os.setxattr(line.rstrip('\\n'), 'user.note', line.encode())";
  const copies = treeContent(pictures).flatMap((line) => /^(old backup\/.*\.jpg) /.exec(line)?.[1] ?? []);
  spawnSync('python3', ['-c', attribute], {
    input: copies.map((path) => `${join(pictures, path)}\n`).join(''),
  });
}

/** A JPEG with a comment behind its first marker: the same picture in other bytes. */
function withComment(bytes: Buffer, comment: string): Buffer {
  const segment = Buffer.from([0xff, 0xfe, 0, comment.length + 2]);
  return Buffer.concat([bytes.subarray(0, 2), segment, Buffer.from(comment), bytes.subarray(2)]);
}

/** See treeContent; with the extended attributes, where python3 tells them. */
function contentOf(folder: string): string[] {
  const attributes =
    'import os,sys\nfor d,s,f in sorted(os.walk(sys.argv[1])):\n for n in sorted(f): p=os.path.join(d,n); print(p,[(a,os.getxattr(p,a)) for a in os.listxattr(p)])';
  const { stdout } = spawnSync('python3', ['-c', attributes, folder], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return [...treeContent(folder), ...stdout.split('\n')];
}

/** Without folders, whose times depend on how often a run was begun. */
function onlyFiles(content: readonly string[]): string[] {
  return content.filter((line) => !line.endsWith(' folder') && !line.includes('.Trash-'));
}

function isSame(a: readonly string[], b: readonly string[]): string {
  const others = new Set(b);
  const differing = a.filter((line) => !others.has(line)).length + Math.abs(a.length - b.length);
  return differing === 0 ? 'yes, to the last bit' : `NO, ${differing} lines differ`;
}
