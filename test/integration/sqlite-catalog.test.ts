import assert from 'node:assert/strict';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import Database from 'better-sqlite3';
import { APPLICATION_ID, MIGRATIONS } from '../../src/storage/schema.ts';
import { openSqliteCatalog } from '../../src/storage/sqlite-catalog.ts';
import { catalogContract } from '../contract/catalog.contract.ts';
import { SEEDED_MODEL, seededFile } from '../support/seeded-picture.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

catalogContract('SQLite', async () => openSqliteCatalog(join(temporaryFolder(), 'catalog.sqlite')));

describe('SQLite catalog file', () => {
  const folder = temporaryFolder();

  it('is there again after it was closed', async () => {
    const file = join(folder, 'again.sqlite');
    const first = openSqliteCatalog(file);
    await first.addModel('m', SEEDED_MODEL);
    await first.commit({ modelKey: 'm', files: [seededFile('/a.jpg', 'one')], failures: [], removed: [] });
    await first.close();
    const second = openSqliteCatalog(file);
    assert.equal((await second.counts()).files, 1);
    assert.equal(await second.generation(), 1);
    await second.close();
  });

  it('brings a catalog of the first version to the present one, with all that it has', async () => {
    const file = join(folder, 'first.sqlite');
    const database = new Database(file);
    database.exec(MIGRATIONS[0] ?? '');
    database.exec(`INSERT INTO roots (path) VALUES ('/a'); UPDATE state SET generation = 7;
      PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = 1;`);
    database.close();
    const catalog = openSqliteCatalog(file);
    assert.deepEqual([await catalog.roots(), await catalog.generation()], [['/a'], 7]);
    await catalog.keepUploadsIn('/library/uploads');
    assert.equal(await catalog.uploadsFolder(), '/library/uploads');
    await catalog.close();
  });

  it('refuses a catalog of a later version', () => {
    const file = join(folder, 'newer.sqlite');
    void openSqliteCatalog(file).close();
    const database = new Database(file);
    database.pragma('user_version = 99');
    database.close();
    assert.throws(() => openSqliteCatalog(file), { code: 'CATALOG_TOO_NEW', message: /version 99/ });
  });

  it('refuses the database of another program and leaves it as it was', () => {
    const file = join(folder, 'foreign.sqlite');
    const database = new Database(file);
    database.exec('CREATE TABLE theirs (x)');
    database.close();
    assert.throws(() => openSqliteCatalog(file), { code: 'CATALOG_DAMAGED' });
    const again = new Database(file);
    assert.deepEqual(again.prepare('SELECT name FROM sqlite_schema').pluck().all(), ['theirs']);
    again.close();
  });

  it('says that a file is no catalog when it is not even SQLite', () => {
    const file = join(folder, 'garbage.sqlite');
    const handle = openSync(file, 'w');
    writeSync(handle, 'this is no database, whatever its name says'.repeat(100));
    closeSync(handle);
    assert.throws(() => openSqliteCatalog(file), { code: 'CATALOG_DAMAGED' });
  });

  it('writes and reads whole tables beside the event loop', async () => {
    const catalog = openSqliteCatalog(join(folder, 'beside.sqlite'));
    await catalog.addModel('m', SEEDED_MODEL);
    const files = Array.from({ length: 2_000 }, (_, n) => seededFile(`/${n}.jpg`, `picture ${n}`));
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await catalog.commit({ modelKey: 'm', files, failures: [], removed: [] });
    const whileWriting = turns;
    await Promise.all(Array.from({ length: 20 }, () => catalog.counts()));
    clearInterval(timer);
    assert.ok(whileWriting > 0, 'the event loop turned while a batch was written');
    assert.ok(turns > whileWriting, 'and while tables were counted');
    await catalog.close();
  });

  it('closes when what its threads were asked for is done', async () => {
    const catalog = openSqliteCatalog(join(folder, 'closing.sqlite'));
    await catalog.counts();
    const counted = catalog.counts();
    const closed = catalog.close();
    assert.equal((await counted).pictures, 0);
    await closed; // a process with nothing else to do must not end before
  });

  it('tells what a thread was refused with as it was told there', async () => {
    const catalog = openSqliteCatalog(join(folder, 'refused.sqlite'));
    const files = [seededFile('/a.jpg', 'one')];
    await assert.rejects(catalog.commit({ modelKey: 'nobody', files, failures: [], removed: [] }), {
      name: 'EideticError',
      code: 'MODEL_MISMATCH',
    });
    assert.equal(await catalog.generation(), 0);
    await catalog.close();
  });

  it('refuses an embedding whose bytes were damaged', async () => {
    const file = join(folder, 'bit.sqlite');
    const catalog = openSqliteCatalog(file);
    await catalog.addModel('m', SEEDED_MODEL);
    await catalog.commit({ modelKey: 'm', files: [seededFile('/a.jpg', 'one')], failures: [], removed: [] });
    const database = new Database(file);
    database.prepare('UPDATE descriptors SET cls = zeroblob(32)').run();
    database.close();
    await assert.rejects(catalog.embedding(1, 'm'), { code: 'CATALOG_DAMAGED', message: /picture 1/ });
    await catalog.close();
  });
});
