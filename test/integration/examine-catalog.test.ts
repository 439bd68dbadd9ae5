import assert from 'node:assert/strict';
import { copyFileSync, cpSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import Database from 'better-sqlite3';
import { examineCatalog } from '../../src/storage/examine-catalog.ts';
import { findLogDamage } from '../../src/storage/log-damage.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { addPictures, openVectorLibrary } from '../support/vector-library.ts';

describe('a look at a catalog file from outside', () => {
  const folder = temporaryFolder();
  const sound = join(folder, 'sound', 'catalog.sqlite');

  before(async () => {
    const library = await openVectorLibrary();
    await addPictures(library.catalog, 0, 3_000);
    await library.catalog.files.putRoot('/photos', {
      exclude: [],
      includeHidden: false,
      followSymlinks: false,
    });
    await library.catalog.close();
    cpSync(library.folder, join(folder, 'sound'), { recursive: true });
  });

  function overwrite(file: string, position: number, length: number, byte = 0x5a): void {
    const bytes = readFileSync(file);
    bytes.fill(byte, position, position + length);
    writeFileSync(file, bytes);
  }

  const damages: ReadonlyArray<readonly [what: string, damage: (file: string) => void, finding: RegExp]> = [
    ['an empty file', (file) => truncateSync(file, 0), /^It is empty \(0 bytes\)\.$/],
    ['a few bytes', (file) => truncateSync(file, 50), /^It is cut off: found 50 bytes/],
    ['a half', (file) => truncateSync(file, 40_960), /^It is cut off: found 40960 bytes, expected \d+\.$/],
    ['a zeroed header', (file) => overwrite(file, 0, 100, 0), /^Its first bytes are zeros/],
    [
      'another kind of file',
      (file) => writeFileSync(file, 'text '.repeat(100)),
      /^It does not begin as a catalog/,
    ],
    ['a damaged schema', (file) => overwrite(file, 100, 3_900), /malformed|disk image|SQLITE_CORRUPT/],
    ['overwritten pages', (file) => overwrite(file, 65_536, 32_768), /page|malformed|SQLITE_CORRUPT/i],
    [
      'a file of another program',
      (file) => {
        writeFileSync(file, '');
        const database = new Database(file);
        database.exec('CREATE TABLE songs (name TEXT)');
        database.close();
      },
      /^It is an SQLite file of another program/,
    ],
  ];

  for (const [what, damage, finding] of damages) {
    it(`finds ${what}, and changes nothing`, () => {
      const place = temporaryFolder();
      const file = join(place, 'catalog.sqlite');
      copyFileSync(sound, file);
      damage(file);
      const before = readFileSync(file);
      const { problems } = examineCatalog(file);
      assert.match(problems.join('\n'), finding);
      assert.ok(problems.length <= 6, `${problems.length} problems`);
      assert.deepEqual(readFileSync(file), before);
      assert.deepEqual(readdirSync(place), ['catalog.sqlite']);
    });
  }

  it('finds nothing in a sound one, and reads of a damaged one what can be read', () => {
    assert.deepEqual(examineCatalog(sound), { problems: [], roots: [], decisions: null });
    const file = join(temporaryFolder(), 'catalog.sqlite');
    copyFileSync(sound, file);
    const pages = readFileSync(file).length / 4_096;
    overwrite(file, Math.floor(pages * 0.8) * 4_096, 4_096 * 8);
    const { problems, roots, decisions } = examineCatalog(file);
    assert.ok(problems.length > 0);
    assert.deepEqual([roots, decisions], [['/photos'], 0]);
  });
});

describe('the log of a catalog', () => {
  /** A log of ten commits, as a kill leaves it, with the database that it belongs to. */
  function logOf(): { file: string; log: string; frames: number; frameBytes: number } {
    const place = temporaryFolder();
    const live = join(place, 'live.sqlite');
    const database = new Database(live);
    database.pragma('journal_mode = WAL');
    database.exec('CREATE TABLE a (b)');
    for (let n = 0; n < 10; n++) {
      database.prepare('INSERT INTO a VALUES (?)').run(`row ${n}`);
    }
    const file = join(place, 'catalog.sqlite');
    copyFileSync(live, file);
    copyFileSync(`${live}-wal`, `${file}-wal`);
    database.close();
    const frameBytes = 24 + 4_096;
    const frames = (readFileSync(`${file}-wal`).length - 32) / frameBytes;
    return { file, log: `${file}-wal`, frames, frameBytes };
  }

  /** What SQLite finds of the ten rows. */
  function rowsOf(file: string): number {
    const database = new Database(file);
    try {
      return database.prepare('SELECT count(*) FROM a').pluck().get() as number;
    } finally {
      database.close();
    }
  }

  const flip = (log: string, at: number) => {
    const bytes = readFileSync(log);
    bytes[at] = (bytes[at] ?? 0) ^ 0xff;
    writeFileSync(log, bytes);
  };

  it('is sound when it is whole, or was cut off as by a power cut, or is not there', () => {
    const { file, log, frames, frameBytes } = logOf();
    assert.ok(frames > 5);
    assert.equal(findLogDamage(log), null);
    truncateSync(log, 32 + (frames - 2) * frameBytes + 1_000);
    assert.equal(findLogDamage(log), null);
    assert.equal(findLogDamage(`${file}-nothing`), null);
    truncateSync(log, 0);
    assert.equal(findLogDamage(log), null);
  });

  it('is damaged when commits come after what is not whole: SQLite passes them over without a word', () => {
    const { file, log, frames, frameBytes } = logOf();
    flip(log, 32 + (frames - 4) * frameBytes + 500);
    assert.match(
      findLogDamage(log) ?? '',
      new RegExp(`at frame ${frames - 3} of ${frames}, .*changes may be lost`),
    );
    assert.equal(rowsOf(file), 6);
  });

  it('is damaged when its beginning is', () => {
    const { log } = logOf();
    flip(log, 17);
    assert.match(findLogDamage(log) ?? '', /beginning of its log .* is damaged/);
  });
});
