import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ageLibrary } from '../support/age-library.ts';
import { askEidetic, askEideticJson } from '../support/ask-eidetic.ts';
import { assertSound } from '../support/assert-sound.ts';
import { BUNDLED_ID } from '../support/bundled-model.ts';
import { thawLibrary } from '../support/frozen-library.ts';
import { killAfterCommit } from '../support/kill-after-commit.ts';
import { makeMountFolder, runCommand } from '../support/mount-folder.ts';
import { drawPictureFolder } from '../support/picture-folder.ts';
import { runEidetic } from '../support/run-eidetic.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Answer {
  readonly hits: ReadonlyArray<{ readonly id: number; readonly similarity: number }>;
}

interface Stats {
  readonly files: number;
  readonly generation: string;
  readonly models: ReadonlyArray<{
    readonly key: string;
    readonly active: boolean;
    readonly pictures: number;
  }>;
  readonly problem: string | null;
}

interface Reindexed {
  readonly isInUse: boolean;
  readonly summary: { readonly indexed: number; readonly embedded: number };
}

const BY_ID = ['search', '--id', '1', '--limit', '20'];
const REMEDY = /indexed with eidetic-xs16 .* is not installed.*Run "eidetic reindex"/;

const seen = ({ hits }: Answer) => hits.map(({ id, similarity }) => [id, similarity]);

/** Runs the program on a library. */
function on(library: string) {
  const environment = { EIDETIC_LIBRARY: library };
  return {
    run: (...args: string[]) => askEidetic(args, { environment }),
    json: <Value>(...args: string[]) => askEideticJson<Value>([...args, '--json'], 0, { environment }),
    start: (args: string[], options: Parameters<typeof runEidetic>[1]) =>
      runEidetic(args, { environment, ...options }),
  };
}

describe('an older library of many pictures', () => {
  const PICTURES = 80;

  it('keeps what it had when its reindex is killed in the middle, and goes on from there', async () => {
    const folder = temporaryFolder();
    const library = join(folder, 'library');
    const { json, start } = on(library);
    await drawPictureFolder(join(folder, 'pictures'), PICTURES);
    await json('index', join(folder, 'pictures'));
    ageLibrary(library);
    const before = await json<Answer>(...BY_ID);
    const [old] = (await json<Stats>('stats')).models;
    const killed = await start(['reindex'], {
      onStart: (child) => killAfterCommit(child, library, BUNDLED_ID, 'SIGKILL', PICTURES),
    });
    assert.equal(killed.exitCode, null, killed.stderr);
    const [kept, begun] = (await json<Stats>('stats')).models;
    assert.deepEqual(kept, old);
    const embedded = begun?.pictures ?? 0;
    assert.ok(embedded > 0 && embedded < PICTURES, `${embedded} embedded when it was killed`);
    assert.deepEqual(await json<Answer>(...BY_ID), before);
    const rest = await json<Reindexed>('reindex');
    assert.deepEqual([rest.isInUse, rest.summary.embedded], [true, PICTURES - embedded]);
    assert.deepEqual(await json<Answer>(...BY_ID), before); // the pictures were prepared alike after all
    await assertSound(library);
  });
});

describe('an older library where nothing can be written', () => {
  it('answers by id, and says what it lacks', async (t) => {
    const disk = makeMountFolder(t)?.mount('disk', '-t', 'tmpfs', 'none');
    if (disk === undefined) {
      return;
    }
    const { library, base } = await thawLibrary(2, join(temporaryFolder(), 'frozen'));
    const before = await on(library).json<Answer>(...BY_ID);
    cpSync(library, disk, { recursive: true });
    runCommand('mount', '-o', 'remount,ro', disk);
    const { run, json } = on(disk);
    assert.deepEqual(seen(await json<Answer>(...BY_ID)), seen(before));
    assert.match((await json<Stats>('stats')).problem ?? '', REMEDY);
    const refused = await run('search', join(base, 'pictures', 'album', 'beach.jpg'));
    assert.equal(refused.exitCode, 5);
    assert.match(refused.stderr, REMEDY);
    const reindex = await run('reindex');
    assert.equal(reindex.exitCode, 6, reindex.stderr);
    assert.match(reindex.stderr, /nothing can be written|read-only|cannot be written/i);
  });
});
