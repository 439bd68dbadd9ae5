import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import type { ApplyReport } from '../../src/apply/apply-report.ts';
import { EXIT_INCOMPLETE } from '../../src/cli/exit-codes.ts';
import type { IndexSummary } from '../../src/indexer/index-files.ts';
import { askEidetic, askEideticJson } from '../support/ask-eidetic.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Of the folder that is emptied: copies of the same bytes, and one that only shows the same. */
const EQUAL = 3;

describe('a library whose plan was applied', () => {
  const folder = temporaryFolder();
  const photos = join(folder, 'photos');
  const library = ['--library', join(folder, 'library')];
  const at = (name: string) => join(photos, name);
  const environment = { XDG_DATA_HOME: join(folder, 'data') };
  let plans = 0;

  const ask = <Value>(...args: readonly string[]) =>
    askEideticJson<Value>([...args, '--json', ...library], 0, { environment });
  const index = () => ask<IndexSummary>('index');
  const files = async () => (await ask<{ files: number }>('stats')).files;

  /** Drops all that lies in one folder for what lies in the other. */
  async function applyTo(...action: readonly string[]): Promise<string> {
    const out = join(folder, `plan-${++plans}.jsonl`);
    const folders = ['--within', at('kept'), at('emptied'), '--keep', 'folder'];
    const made = await askEidetic(['plan', ...folders, '--action', ...action, '--out', out, ...library], {
      environment,
    });
    assert.equal(made.exitCode, 0, made.stderr);
    const report = await ask<ApplyReport>('apply', out, '--yes');
    assert.deepEqual(report.left, []);
    return out;
  }

  before(async () => {
    for (const name of ['kept', 'emptied']) mkdirSync(at(name), { recursive: true });
    for (let n = 1; n <= EQUAL; n++) {
      await drawNumbered(n, 200)
        .jpeg()
        .toFile(at(`kept/${n}.jpg`));
      cpSync(at(`kept/${n}.jpg`), at(`emptied/${n}.jpg`));
    }
    await drawNumbered(7, 200).png().toFile(at('kept/other file.png'));
    await drawNumbered(7, 200).png({ compressionLevel: 1 }).toFile(at('emptied/other file.png'));
    await askEideticJson(['index', photos, '--json', ...library]);
  });

  for (const action of [['trash'], [`move ${join(folder, 'moved')}`]] as const) {
    it(`takes the folder that was emptied for no drive that is away, and has all back after undo: ${action[0].slice(0, 5)}`, async () => {
      const all = await files();
      const plan = await applyTo(...action);
      assert.deepEqual(readdirSync(at('emptied')), []);
      assert.equal(await files(), all - EQUAL - 1, 'nothing is listed as there that is not');
      await ask('undo', plan);
      assert.equal(await files(), all, 'all are listed again');
      const again = await index();
      assert.equal(again.unchanged, all, 'a file that is back is the file that it was');
      const second = await applyTo(...action);
      const emptied = await index();
      assert.deepEqual([emptied.awayFiles, emptied.unchanged], [0, EQUAL + 1]);
      await ask('undo', second);
      const back = await index();
      assert.deepEqual([back.awayFiles, back.found], [0, all]);
      assert.equal(back.embedded, 1, 'only what no file held meanwhile');
      assert.equal(await files(), all);
    });
  }

  it('takes back a plan that is named, whatever became of the journal of another one', async () => {
    const plan = await applyTo('trash');
    const damaged = join(folder, 'library', 'journals', `${randomUUID()}.jsonl`);
    writeFileSync(damaged, 'no journal\n');
    const listed = await askEidetic(['undo', '--list', ...library]);
    assert.equal(listed.exitCode, 1);
    assert.match(listed.stdout.toString(), new RegExp(`^damaged: ${damaged}$`, 'm'));
    assert.match(listed.stdout.toString(), new RegExp(`${plan}: 4 files in the trash; 4 of 4 can be`));
    assert.equal((await askEidetic(['undo', ...library])).exitCode, 2, 'nobody knows what was done last');
    const { done } = await ask<ApplyReport>('undo', plan);
    assert.equal(done.trash, EQUAL + 1);
    rmSync(damaged);
  });

  it('leaves what somebody decided to keep after the plan was made', async () => {
    const out = join(folder, 'plan-decided.jsonl');
    await askEidetic(
      ['plan', '--within', at('kept'), at('emptied'), '--keep', 'folder', '--out', out, ...library],
      { environment },
    );
    await askEidetic(['decide', 'keep-both', at('emptied/1.jpg'), ...library]);
    const report = await askEideticJson<ApplyReport>(
      ['apply', out, '--yes', '--json', ...library],
      EXIT_INCOMPLETE,
      { environment },
    );
    assert.deepEqual(
      report.left.map(({ path, reason }) => [path, reason]),
      [[at('emptied/1.jpg'), 'somebody decided to keep it (see "eidetic decisions")']],
    );
    await askEidetic(['decide', 'undecided', at('emptied/1.jpg'), ...library]);
    await ask('undo', out);
  });

  it('goes on taking back, by itself, what could not be taken back once', async () => {
    const before = readdirSync(at('emptied')).sort();
    await applyTo('trash');
    writeFileSync(at('emptied/1.jpg'), 'in the way');
    const first = await askEideticJson<ApplyReport>(['undo', '--json', ...library], EXIT_INCOMPLETE);
    assert.deepEqual(
      first.left.map(({ path }) => path),
      [at('emptied/1.jpg')],
    );
    rmSync(at('emptied/1.jpg'));
    assert.deepEqual((await ask<ApplyReport>('undo')).left, []);
    assert.deepEqual(readdirSync(at('emptied')).sort(), before);
  });

  it('takes a file for back that a file manager has put back', async () => {
    const plan = await applyTo('trash');
    renameSync(join(folder, 'data/Trash/files/2.jpg'), at('emptied/2.jpg'));
    const { left, done } = await ask<ApplyReport>('undo', plan);
    assert.deepEqual([left, done.trash], [[], EQUAL + 1]);
    assert.ok(!existsSync(join(folder, 'data/Trash/info/2.jpg.trashinfo')));
    const again = await ask<ApplyReport>('apply', plan, '--yes');
    assert.deepEqual([again.doneBefore, again.done.trash], [0, EQUAL + 1]);
    await ask('undo', plan);
  });

  it('protects no folder that is not there', async () => {
    const plan = await applyTo('move', join(folder, 'elsewhere'));
    await ask('undo', plan);
    const typed = await askEidetic(['apply', plan, '--protect', at('kebt'), '--dry-run', ...library]);
    assert.equal(typed.exitCode, 4);
    assert.match(typed.stderr, /There is nothing at .*kebt, so it protects nothing/);
  });

  it('explains no other file by what was applied', async () => {
    await drawNumbered(9, 200).jpeg().toFile(at('emptied/of its own.jpg'));
    await index();
    await applyTo('delete');
    const { stdout } = await askEidetic(['undo', '--list', ...library]);
    const [last, ...before] = stdout.toString().trimEnd().split('\n');
    assert.match(last ?? '', /plan-\d+\.jsonl: 4 files deleted for good; none of it can be taken back$/);
    assert.match(before[0] ?? '', /plan-\d+\.jsonl: 4 files taken back$/);
    rmSync(at('emptied/of its own.jpg'));
    const words = ['index', '--json', ...library];
    const { away, removed } = await askEideticJson<IndexSummary>(words, 9);
    assert.deepEqual([away.map(({ path, files }) => [path, files]), removed], [[[at('emptied'), 1]], 0]);
  });
});
