import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { createEideticClient } from '../../src/client/eidetic-client.ts';
import { askEidetic } from '../support/ask-eidetic.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { serveEidetic } from '../support/serve-eidetic.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('an upload of what lies in a folder stands behind it in reports, and is missed where it is deleted', async () => {
  const folder = temporaryFolder();
  // Before `photos` in the order of paths, so that its uploads come first there.
  const library = join(folder, 'library');
  const own = join(folder, 'photos', 'own.jpg');
  mkdirSync(join(folder, 'photos'));
  const bytes = await drawNumbered(1).jpeg().toBuffer();
  writeFileSync(own, bytes);
  await askEidetic(['index', join(folder, 'photos'), '--library', library]);
  const server = await serveEidetic(library);
  await createEideticClient({ address: server.address }).upload(bytes);
  await server.stop();

  const report = await askEidetic(['duplicates', '--library', library], { cwd: folder });
  const [title, first, second] = report.stdout.toString().split('\n');
  assert.match(title ?? '', /^Group 1: the same bytes \(2 files/);
  assert.match(first ?? '', /^ {2}photos\/own\.jpg {2}\(\d+ x \d+/);
  assert.match(
    second ?? '',
    /^ {2}library\/uploads\/.* {2}\(same bytes, the library's own copy of an upload\)$/,
  );

  const uploads = join(library, 'uploads');
  for (const name of readdirSync(uploads)) {
    rmSync(join(uploads, name), { recursive: true });
  }
  const doctor = await askEidetic(['doctor', '--repair', '--library', library]);
  assert.equal(doctor.exitCode, 1);
  assert.match(doctor.stdout.toString(), /^WRONG +uploads: /m);
  assert.match(doctor.stdout.toString(), /cannot be repaired; what to do stands above\.\n$/);
});
