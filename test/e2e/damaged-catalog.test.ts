import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { askEidetic, askEideticJson } from '../support/ask-eidetic.ts';
import { drawPictureFolder } from '../support/picture-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Report {
  readonly isSound: boolean;
  readonly checks: ReadonlyArray<{
    readonly name: string;
    readonly isSound: boolean;
    readonly finding: string;
  }>;
}

describe('a library whose catalog is damaged', () => {
  const folder = temporaryFolder();
  const sound = join(folder, 'sound');

  before(async () => {
    await drawPictureFolder(join(folder, 'pictures'), 12);
    await askEideticJson(['index', join(folder, 'pictures'), '--library', sound, '--json']);
  });

  const damages: Readonly<Record<string, (file: string) => void>> = {
    'cut-off': (file) => truncateSync(file, 20_480),
    'zeroed-header': (file) => fill(file, 0, 100, 0),
    'overwritten-middle': (file) => fill(file, 3 * 4_096, readFileSync(file).length / 2, 0xa5),
    'overwritten-schema': (file) => fill(file, 100, 3_000, 0x11),
  };

  function fill(file: string, position: number, length: number, byte: number): void {
    const bytes = readFileSync(file);
    bytes.fill(byte, position, position + length);
    writeFileSync(file, bytes);
  }

  for (const [name, damage] of Object.entries(damages)) {
    it(`is told by the doctor what is damaged and what to do, and nothing is written: ${name}`, async () => {
      const library = join(folder, name);
      cpSync(sound, library, { recursive: true });
      const file = join(library, 'catalog.sqlite');
      damage(file);
      const before = readFileSync(file);
      for (const flags of [[], ['--repair']]) {
        const { isSound, checks } = await askEideticJson<Report>(
          ['doctor', '--json', ...flags, '--library', library],
          1,
        );
        assert.equal(isSound, false);
        const [catalog] = checks.filter((check) => !check.isSound);
        assert.equal(catalog?.name, 'catalog');
        assert.match(catalog?.finding ?? '', /changed nothing\..*Restore catalog\.sqlite from a backup\./);
        assert.match(catalog?.finding ?? '', /index --begin-anew FOLDER.*Pictures and uploads are untouched/);
      }
      assert.deepEqual(readFileSync(file), before);
      assert.deepEqual(readdirSync(library).sort(), readdirSync(sound).sort());
      for (const command of ['stats', 'duplicates', 'failures']) {
        const { exitCode, stderr } = await askEidetic([command, '--json', '--library', library]);
        assert.equal(exitCode, 6, `${command}: ${exitCode} ${stderr}`);
        assert.match(stderr, /damaged .*; run "eidetic doctor", or restore it from a backup/);
      }
    });
  }
});
