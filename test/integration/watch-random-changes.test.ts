import assert from 'node:assert/strict';
import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEFAULT_ROOT_RULES } from '../../src/domain/roots.ts';
import { watchFolders } from '../../src/watch/watch-folders.ts';
import { keptLogger } from '../support/kept-logger.ts';
import { RecordingIndex } from '../support/recording-index.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';
import { until } from '../support/until.ts';

const NAMES = ['a', 'b', 'c', 'd'];

/** Writes, moves or removes something; what cannot be done (into itself, from nowhere) is left. */
function changeSomething(root: string, random: (limit: number) => number, content: string): void {
  const name = () => NAMES[random(NAMES.length)] as string;
  const path = () => join(root, ...Array.from({ length: 1 + random(3) }, name));
  const from = path();
  const to = path();
  const what = random(6);
  try {
    if (what < 4) {
      mkdirSync(from, { recursive: true });
      writeFileSync(join(from, `${name()}.jpg`), content);
    } else if (what === 4) {
      mkdirSync(dirname(to), { recursive: true });
      renameSync(from, to);
    } else {
      rmSync(from, { recursive: true });
    }
  } catch {}
}

function filesOnDisk(root: string): Array<[string, string]> {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => join(root, name))
    .filter((path) => lstatSync(path).isFile())
    .map((path): [string, string] => [path, readFileSync(path, 'utf8')])
    .sort();
}

describe('watching folders in which anything happens', () => {
  for (const seed of [1, 2, 3]) {
    it(`ends up knowing exactly what is on disk (seed ${seed})`, async (t) => {
      const root = join(await makeTemporaryFolder(t), 'root');
      mkdirSync(root);
      writeFileSync(join(root, 'stays.jpg'), '');
      const index = new RecordingIndex();
      const stop = new AbortController();
      const parts = {
        roots: [{ path: root, rules: DEFAULT_ROOT_RULES }],
        index: index.run,
        libraryFolder: '/none',
        logger: keptLogger(),
        settleMs: 100,
      };
      const watching = watchFolders(parts, stop.signal);
      await until('the first run is over', () => index.requests.length > 0);

      const fraction = seededRandom(seed);
      const random = (limit: number) => Math.floor(fraction() * limit);
      for (let i = 0; i < 200; i++) {
        changeSomething(root, random, `change ${i}`);
        await sleep(random(3) === 0 ? random(30) : 0);
      }
      const onDisk = filesOnDisk(root);
      const isLevel = () => JSON.stringify([...index.known].sort()) === JSON.stringify(onDisk);
      await until('the index is level', isLevel).catch(() => {});
      assert.deepEqual([...index.known].sort(), onDisk);
      stop.abort();
      await watching;
    });
  }
});
