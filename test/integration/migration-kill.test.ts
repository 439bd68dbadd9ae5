import assert from 'node:assert/strict';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { MIGRATION_STEPS } from '../../src/storage/migrate/migration-steps.ts';
import { newContent, oldContent } from '../support/catalog-content.ts';
import { migrateLibrary, migrationScript } from '../support/migrate-library.ts';
import { ask, oldCatalog, withDatabase } from '../support/old-catalog.ts';
import { runScript } from '../support/run-script.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const KILLS = Number(process.env['EIDETIC_TEST_MIGRATION_KILLS'] ?? 50);
const SEED = 10;

/** Migrations that are killed side by side, each of a library of its own. */
const LANES = 2;

/** The step at which a killed migration will go on. Looked up in a copy, since looking cleans up after the kill. */
function stepOf(library: string, scratch: string): string {
  rmSync(scratch, { recursive: true, force: true });
  cpSync(library, scratch, { recursive: true });
  const file = join(scratch, 'catalog.sqlite');
  if (ask(file, 'SELECT * FROM pragma_user_version') !== 3) {
    const hasBackup = readdirSync(scratch).some((name) => name.endsWith('.backup.sqlite'));
    return hasBackup ? 'with its backup, before the first step' : 'before its backup was there';
  }
  return withDatabase(file, (database) => {
    const isUnderWay = database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'migration'`).get();
    return isUnderWay === undefined
      ? 'after the last step'
      : (database.prepare('SELECT step FROM migration').pluck().get() as string);
  });
}

function restore(library: string, original: string): void {
  rmSync(library, { recursive: true, force: true });
  cpSync(original, library, { recursive: true });
}

describe('a migration that is killed', () => {
  for (const version of [1, 2] as const) {
    it(`goes on as if nothing was, wherever it was in a transaction of a step, from version ${version}`, async () => {
      const { library, file, before } = await oldCatalog(version, { pictures: 100 });
      for (const { name } of MIGRATION_STEPS) {
        const killInStep = `
          const step = MIGRATION_STEPS.find(({ name }) => name === '${name}');
          const run = step.run;
          step.run = (database, state) => {
            run(database, state);
            process.kill(process.pid, 'SIGKILL');
          };
        `;
        const { signal } = await runScript(migrationScript(library, killInStep));
        assert.equal(signal, 'SIGKILL', name);
        const expected = name === 'start' ? 'with its backup, before the first step' : name;
        assert.equal(stepOf(library, join(temporaryFolder(), 'copy')), expected);
      }
      await migrateLibrary(library);
      assert.deepEqual(newContent(file), before);
    });
  }

  it(`holds the same in the end, killed at ${KILLS} random moments`, async (t) => {
    const { library: original, before } = await oldCatalog(2, { pictures: 1_500 });
    const random = seededRandom(SEED);
    const tally = new Map<string, number>();
    let left = KILLS;
    const timed = join(temporaryFolder(), 'library');
    restore(timed, original);
    const { stdout } = await runScript(migrationScript(timed));
    const longestMs = Number(/ in ([\d.]+) s/.exec(stdout)?.[1]) * 1_000;
    assert.ok(longestMs > 0, stdout);

    const killAgainAndAgain = async (): Promise<number> => {
      const library = join(temporaryFolder(), 'library');
      const scratch = join(temporaryFolder(), 'copy');
      let completed = 0;
      restore(library, original);
      while (left > 0) {
        const result = await runScript(migrationScript(library), { killAfterMs: random() * longestMs });
        if (result.signal === 'SIGKILL') {
          left--;
          const step = stepOf(library, scratch);
          tally.set(step, (tally.get(step) ?? 0) + 1);
        } else {
          // One that was killed after its last step leaves nothing to do, and nothing to say.
          assert.match(result.stdout, /^ready\n(Migrated the catalog.*\n)?$/);
          assertSame(library);
          completed++;
          restore(library, original);
        }
      }
      await migrateLibrary(library);
      assertSame(library);
      return completed + 1;
    };
    const assertSame = (library: string) => {
      assert.deepEqual(newContent(join(library, 'catalog.sqlite')), before);
      const backup = ask(join(library, 'catalog.sqlite'), 'SELECT backup FROM library') as string;
      assert.deepEqual(oldContent(join(library, backup)), before);
      assert.deepEqual(
        readdirSync(library).filter((name) => /unverified|-wal|writer/.test(name)),
        [],
      );
    };

    const completed = await Promise.all(Array.from({ length: LANES }, killAgainAndAgain));
    const places = [...tally].sort(([, a], [, b]) => b - a).map(([step, kills]) => `${kills} at "${step}"`);
    t.diagnostic(`killed ${KILLS} times: ${places.join(', ')}; completed ${completed.join(' and ')} times`);
  });
});
