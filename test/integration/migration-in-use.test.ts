import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { openAlone } from '../../src/storage/migrate/open-alone.ts';
import { newContent, oldContent } from '../support/catalog-content.ts';
import { migrateLibrary, migrationScript } from '../support/migrate-library.ts';
import { ask, oldCatalog } from '../support/old-catalog.ts';
import { refuses } from '../support/refuses.ts';
import { runScript } from '../support/run-script.ts';

/** An old program that has the catalog open, as its server does. */
async function openInOldProgram(t: TestContext, file: string): Promise<ChildProcess> {
  const sqlite = import.meta.resolve('better-sqlite3');
  const script = `
    import Database from '${sqlite}';
    const database = new Database(${JSON.stringify(file)});
    database.pragma('journal_mode = WAL');
    database.prepare('SELECT count(*) FROM pictures').get();
    console.log('open');
    process.stdin.once('data', () => { database.close(); process.exit(); });
  `;
  const program = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  t.after(() => program.kill('SIGKILL'));
  await once(program.stdout, 'data');
  return program;
}

describe('the migration of a catalog that others use', () => {
  it('is refused while an old server has the catalog open, changing nothing, and done when it is stopped', async (t) => {
    const { library, file, before } = await oldCatalog(2);
    const server = await openInOldProgram(t, file);
    await refuses(migrateLibrary(library), 'CATALOG_BUSY', /older server.*stop it.*Nothing was changed/);
    assert.equal(ask(file, 'SELECT * FROM pragma_user_version'), 2);
    assert.deepEqual(oldContent(file), before);
    assert.deepEqual(
      readdirSync(library).filter((name) => name.includes('backup')),
      [],
    );
    server.kill('SIGKILL');
    await once(server, 'exit');
    await migrateLibrary(library);
    assert.deepEqual(newContent(file), before);
  });

  it('is refused with a sentence where the lock of old programs cannot be taken, and leaves nothing locked', async () => {
    const { library, file, before } = await oldCatalog(2);
    mkdirSync(join(library, 'writer.lock'));
    await refuses(migrateLibrary(library), 'CATALOG_BUSY', /writer\.lock cannot be used/);
    rmSync(join(library, 'writer.lock'), { recursive: true });
    mkdirSync(join(library, 'writer.pid', 'in the way'), { recursive: true });
    await migrateLibrary(library);
    assert.deepEqual(newContent(file), before);
  });

  it('waits a little for an old program that is about to end', async (t) => {
    const { library, file, before } = await oldCatalog(2);
    const command = await openInOldProgram(t, file);
    const migrating = migrateLibrary(library);
    await setTimeout(200);
    command.stdin?.write('go\n');
    await migrating;
    assert.deepEqual(newContent(file), before);
  });

  it('is refused while an old index run writes, naming it', async () => {
    const { library, file, before } = await oldCatalog(2);
    const lock = new Database(join(library, 'writer.lock'));
    lock.exec('BEGIN EXCLUSIVE');
    writeFileSync(join(library, 'writer.pid'), '4321');
    const error = await refuses(
      migrateLibrary(library),
      'CATALOG_BUSY',
      /older Eidetic \(process 4321\) is writing/,
    );
    assert.deepEqual(error.details, { pid: 4321 });
    assert.deepEqual(oldContent(file), before);
    lock.close();
    await migrateLibrary(library);
    assert.deepEqual(newContent(file), before);
  });

  it('lets no old program in once it has looked who has the catalog open', async () => {
    for (const journal of ['wal', 'delete']) {
      const { file } = await oldCatalog(2, {
        change: (database) => database.pragma(`journal_mode = ${journal}`),
      });
      const alone = await openAlone(file);
      assert.throws(() => ask(file, 'SELECT * FROM pragma_user_version'), { code: 'SQLITE_BUSY' }, journal);
      alone.close();
      assert.equal(ask(file, 'SELECT * FROM pragma_user_version'), 2);
    }
  });

  it('is done once by two processes that open the library at once', async () => {
    const { library, file, before } = await oldCatalog(2, { pictures: 1_000 });
    const outcomes = await Promise.all([1, 2, 3].map(() => runScript(migrationScript(library))));
    const lines = outcomes.flatMap(({ stdout }) => stdout.trim().split('\n')).sort();
    assert.match(lines.shift() as string, /^Migrated the catalog/);
    assert.deepEqual(lines, ['ready', 'ready', 'ready']);
    assert.deepEqual(newContent(file), before);
  });
});
