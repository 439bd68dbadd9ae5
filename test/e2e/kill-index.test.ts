import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { askEidetic, askEideticJson } from '../support/ask-eidetic.ts';
import { assertSound } from '../support/assert-sound.ts';
import { BUNDLED_ID } from '../support/bundled-model.ts';
import { killAfterCommit } from '../support/kill-after-commit.ts';
import { drawPictureFolder } from '../support/picture-folder.ts';
import { readCatalog } from '../support/read-catalog.ts';
import { eideticJson, runEidetic } from '../support/run-eidetic.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// EIDETIC_TEST_KILLS=30 EIDETIC_TEST_PICTURES=300 for the long run.
const KILLS = Number(process.env['EIDETIC_TEST_KILLS'] ?? 2);
const PICTURES = Number(process.env['EIDETIC_TEST_PICTURES'] ?? 130);

describe('an index run that is killed', () => {
  const folder = temporaryFolder();
  const pictures = join(folder, 'pictures');
  const undisturbed = join(folder, 'undisturbed');
  let runMs = 0;

  before(async () => {
    await drawPictureFolder(pictures, PICTURES);
    const startedAt = performance.now();
    await eideticJson(['index', pictures, '--library', undisturbed, '--json']);
    runMs = performance.now() - startedAt;
  });

  it(`leaves a catalog equal to an undisturbed one after ${KILLS} kills at random moments and a last run`, async (t) => {
    const random = seededRandom(20_26);
    let library = join(folder, 'killed-0');
    let kept = 0;
    for (let kills = 0, runs = 1; kills < KILLS; runs++) {
      const delayMs = random() * runMs;
      const { exitCode } = await runEidetic(['index', pictures, '--library', library], {
        onStart: (child) => setTimeout(() => child.kill('SIGKILL'), delayMs),
      });
      if (exitCode === 0) {
        // It was done before it could be killed: compare, and begin anew.
        assert.deepEqual(readCatalog(library), readCatalog(undisturbed));
        library = join(folder, `killed-${runs}`);
        kept = 0;
        continue;
      }
      kills++;
      const before = kept;
      kept = await picturesIn(library);
      assert.ok(kept >= before, `a kill lost committed pictures: ${before} before, ${kept} after`);
      t.diagnostic(`kill ${kills} after ${Math.round(delayMs)} ms: ${kept} of ${PICTURES} pictures kept`);
    }
    const last = await eideticJson<{ embedded: number }>(['index', pictures, '--library', library, '--json']);
    assert.equal(last.embedded, PICTURES - kept, 'a committed picture was embedded again');
    assert.deepEqual(readCatalog(library), readCatalog(undisturbed));
    await assertSound(library);
  });

  it('keeps what is finished on Ctrl-C, says so, and goes on from there', async () => {
    const library = join(folder, 'interrupted');
    const { exitCode, stdout, stderr } = await runEidetic(['index', pictures, '--library', library], {
      onStart: (child) => killAfterCommit(child, library, BUNDLED_ID, 'SIGINT'),
    });
    assert.equal(exitCode, 130, stderr);
    assert.match(stderr, /Stopping/);
    assert.match(stdout.toString(), /everything finished is kept/);
    const kept = (await askEideticJson<{ pictures: number }>(['stats', '--library', library, '--json']))
      .pictures;
    assert.ok(kept > 0 && kept < PICTURES, `${kept} pictures kept`);
    const last = await eideticJson<{ embedded: number }>(['index', pictures, '--library', library, '--json']);
    assert.equal(last.embedded, PICTURES - kept);
    assert.deepEqual(readCatalog(library), readCatalog(undisturbed));
  });
});

/** 0 when the run was killed before it had made a library. */
async function picturesIn(library: string): Promise<number> {
  const { exitCode, stdout } = await askEidetic(['stats', '--library', library, '--json']);
  return exitCode === 0 ? (JSON.parse(stdout.toString()) as { pictures: number }).pictures : 0;
}
