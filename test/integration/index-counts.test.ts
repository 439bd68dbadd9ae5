import assert from 'node:assert/strict';
import { linkSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, it } from 'node:test';
import { judgeFile } from '../../src/imaging/judge-file.ts';
import type { IndexSummary } from '../../src/indexer/index-files.ts';
import { CountingEmbedder } from '../support/counting-embedder.ts';
import { indexRun } from '../support/index-run.ts';
import { seededRandom } from '../support/seeded-random.ts';

const NAMES = ['a', 'b', 'c'];
const ENDINGS = ['.gif', '.gif', '.gif', '', '.xmp', '.cr2', '.jpg'];
const CONTENTS = ['GIF89a one', 'GIF89a two', 'GIF89a three', 'text', '', 'II*\0\x10\0\0\0CR\x02\0', '8BPS'];
const RUNS = 12;
const CHANGES = 6;

/** Writes, links, moves or removes something; what cannot be done (into itself, from nowhere) is left. */
function changeSomething(folder: string, random: (limit: number) => number): void {
  const pick = (list: readonly string[]) => list[random(list.length)] as string;
  const below = (depth: number) => join(folder, ...Array.from({ length: depth }, () => pick(NAMES)));
  const place = () => below(1 + random(2));
  const file = () => join(below(random(3)), `${pick(NAMES)}${pick(ENDINGS)}`);
  const [from, to] = random(2) === 0 ? [place(), place()] : [file(), file()];
  const kind = random(8);
  try {
    mkdirSync(dirname(to), { recursive: true });
    if (kind < 4) {
      writeFileSync(to, pick(CONTENTS));
    } else if (kind === 4) {
      linkSync(from, to);
    } else if (kind < 7) {
      renameSync(from, to);
    } else {
      rmSync(from, { recursive: true });
    }
  } catch {}
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => lstatSync(path).isFile());
}

function assertAddsUp(summary: IndexSummary, filesOnDisk: number): void {
  const { found, unchanged, indexed, moved, failed, stillFailed, unsupported, others } = summary;
  const told = JSON.stringify(summary);
  assert.equal(found, filesOnDisk, told);
  assert.equal(found, unchanged + indexed + moved + failed + stillFailed + unsupported + others, told);
  for (const [name, count] of Object.entries(summary)) {
    assert.ok(typeof count !== 'number' || count >= 0, `${name}: ${count}`);
  }
  const sum = (counts: Iterable<number>) => [...counts].reduce((a, b) => a + b, 0);
  assert.equal(sum(summary.moves.map(({ files }) => files)), moved);
  assert.equal(sum(Object.values(summary.otherEndings)), others);
  assert.equal(sum(Object.values(summary.unsupportedEndings)), unsupported);
}

describe('the numbers of index runs over folders in which anything happens', () => {
  for (const seed of [1, 2, 3]) {
    it(`add up, and account for every file that the library had (seed ${seed})`, async () => {
      const embedder = new CountingEmbedder();
      embedder.judgeFile = judgeFile;
      const run = await indexRun({ 'stays.gif': 'GIF89a stays' }, { embedder });
      const fraction = seededRandom(seed);
      const random = (limit: number) => Math.floor(fraction() * limit);
      let root = run.root;
      for (let n = 0; n < RUNS; n++) {
        for (let i = 0; i < CHANGES; i++) {
          changeSomething(root, random);
        }
        if (random(6) === 0) {
          // The folder itself has another name.
          renameSync(root, join(run.folder, `root ${n}`));
          root = join(run.folder, `root ${n}`);
        }
        const before = await run.files();
        const summary = await run.index({ roots: [root], allowEmpty: random(2) === 0 });
        const after = await run.files();
        assertAddsUp(summary, filesBelow(root).length);
        const added = after.filter((path) => !before.includes(path)).length;
        const gone = before.filter((path) => !after.includes(path)).length;
        // Every path that left has moved or is gone, and every one that came was indexed or moved.
        assert.equal(gone, summary.moved + summary.removed, JSON.stringify(summary));
        assert.ok(added <= summary.indexed + summary.moved, JSON.stringify(summary));
        const again = await run.index({ roots: [root] });
        assertAddsUp(again, filesBelow(root).length);
        assert.deepEqual([again.indexed, again.moved, again.removed, again.failed], [0, 0, 0, 0]);
      }
      await run.index({ roots: [], allowEmpty: true });
      const held = await run.files();
      assert.ok(
        held.every((path) => !relative(root, join(run.folder, path)).startsWith('..')),
        'what lay in folders of former names is there no more',
      );
    });
  }
});
