import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { readPlan } from '../src/curation/read-plan.ts';
import { createRandom } from '../src/sample/seeded-random.ts';
import type { BenchOptions } from './bench-options.ts';
import { type Photo, PLAN_EDITS, type PlanEdit } from './plan-edits.ts';
import { realPhotos } from './real-photos.ts';

const PROGRAM = fileURLToPath(new URL('../src/cli/eidetic.cjs', import.meta.url));
const PHOTOS = 40;

/** How many photos a plan would drop for what was made of them, and the other way around. */
interface Dropped {
  readonly photos: number;
  readonly edited: number;
}

/**
 * Which of two `plan --copies` drops, by the real program: photos, and what was made of each in one way, in a library for
 * each way; others in each round, of which the words behind the bench may name some. Wrong is each photo that would go, and what would go of what has something of its own. Nothing
 * but the pictures tells the two apart: they are named a and b by chance, and were written at one time.
 */
export async function benchPlanEdited({ pictures, rounds, folders, say }: BenchOptions): Promise<void> {
  const found = realPhotos();
  if (found.length === 0) {
    say('plan-edited skipped: it needs EIDETIC_PHOTOS.');
    return;
  }
  const named = folders.length > 0 ? folders.map(Number) : Array.from({ length: rounds }, (_, i) => i + 1);
  for (const round of named) {
    const shuffled = createRandom(`photos ${round}`).shuffled(found);
    const photos = await firstUpright(shuffled, Math.min(PHOTOS, pictures));
    say(`round ${round}: ${photos.length} photos`);
    say(row('made of each', ['photo dropped', 'edited dropped', 'both left', 'wrong']));
    let [wrong, left] = [0, 0];
    for (const edit of PLAN_EDITS) {
      const dropped = await planEdited(photos, edit, round);
      const wrongs = dropped.photos + (edit.hasOwn ? dropped.edited : 0);
      const lefts = photos.length - dropped.photos - dropped.edited;
      say(row(edit.name, [dropped.photos, dropped.edited, lefts, wrongs].map(String)));
      wrong += wrongs;
      left += edit.hasOwn ? 0 : lefts;
    }
    const harmless = photos.length * PLAN_EDITS.filter(({ hasOwn }) => !hasOwn).length;
    const all = photos.length * PLAN_EDITS.length;
    say(`of ${all} pairs ${wrong} wrong; of ${harmless} with nothing of their own ${left} left`);
  }
}

function row(name: string, cells: readonly string[]): string {
  return [name.padEnd(24), ...cells.map((cell) => cell.padStart(14))].join(' ');
}

/** Photos that are stored as they are shown: what edits them need not know of turning. */
async function firstUpright(paths: readonly string[], count: number): Promise<Photo[]> {
  const photos: Photo[] = [];
  for (const path of paths) {
    const bytes = readFileSync(path);
    const { width, height, orientation = 1 } = await sharp(bytes).metadata();
    if (photos.length < count && orientation === 1) {
      photos.push({ bytes, width, height });
    }
  }
  return photos;
}

async function planEdited(photos: readonly Photo[], edit: PlanEdit, round: number): Promise<Dropped> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'eidetic-plan-edited-')));
  try {
    const isPhoto = new Map<string, boolean>();
    for (const [at, photo] of photos.entries()) {
      const random = createRandom(`${edit.name} ${round} ${at}`);
      const others = [...photos.slice(at + 1), ...photos.slice(0, at)];
      const [first, second] = random.shuffled(['a', 'b']);
      const files = [
        [`${first}.jpg`, photo.bytes],
        [`${second}.${edit.ending}`, await edit.make(photo, random, others)],
      ] as const;
      mkdirSync(join(folder, 'pictures', `${at}`), { recursive: true });
      for (const [which, [name, bytes]] of files.entries()) {
        const path = join(folder, 'pictures', `${at}`, name);
        writeFileSync(path, bytes);
        utimesSync(path, 1_500_000_000, 1_500_000_000);
        isPhoto.set(path, which === 0);
      }
    }
    run(folder, 'index', join(folder, 'pictures'));
    run(folder, 'plan', '--copies', '--out', join(folder, 'plan.jsonl'));
    const dropped = { photos: 0, edited: 0 };
    const plan = await readPlan(join(folder, 'plan.jsonl'));
    for await (const { drop } of plan.actions) {
      dropped[isPhoto.get(drop.path) ? 'photos' : 'edited']++;
    }
    return dropped;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(folder: string, ...words: readonly string[]): void {
  const { status, stderr } = spawnSync(
    process.execPath,
    [PROGRAM, '--library', join(folder, 'library'), ...words],
    { encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: folder } },
  );
  if (status !== 0) {
    throw new Error(`eidetic ${words.join(' ')} ended with ${status}:\n${stderr}`);
  }
}
