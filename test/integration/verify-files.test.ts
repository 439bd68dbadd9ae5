import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { appendFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readDeviceTable } from '../../src/indexer/device-table.ts';
import { managedFolder } from '../../src/uploads/managed-folder.ts';
import { commitUploads } from '../../src/uploads/upload-pictures.ts';
import { nothingVerified, type VerifiedSoFar } from '../../src/verify/verified-so-far.ts';
import { type FoundFile, verifyFiles } from '../../src/verify/verify-files.ts';
import { forgetStamps, type IndexRun, indexRun } from '../support/index-run.ts';
import { SEEDED_KEY, seededPicture } from '../support/seeded-picture.ts';

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** Verifies everything, and tells what was found. */
async function verify(
  run: IndexRun,
  soFar: VerifiedSoFar = nothingVerified(),
  copies: readonly number[] = [],
) {
  const found: FoundFile[] = [];
  const { files, pictures } = run.catalog;
  const uploads = managedFolder(join(run.folder, 'library', 'uploads'));
  const report = await verifyFiles(
    {
      ...{ files, pictures, devices: readDeviceTable() },
      isUpload: (path) => uploads.owns(path),
      copiesOf: async () => copies,
    },
    { places: null, bytesPerSecond: Number.POSITIVE_INFINITY, soFar },
    { onFound: async (file) => void found.push(file), onProgress() {}, onKept: async () => {} },
    new AbortController().signal,
  );
  return { report, found };
}

describe('files that are verified', () => {
  it('are rotten among uploads by their bytes alone, whatever their size and times', async () => {
    const run = await indexRun();
    const folder = managedFolder(join(run.folder, 'library', 'uploads'));
    const { files, pictures } = run.catalog;
    await files.keepUploadsIn(folder.root);
    const uploads = await Promise.all(
      ['one', 'two', 'three'].map(async (text) => ({
        contentHash: hashOf(text),
        format: 'jpeg' as const,
        staged: await folder.stage(Buffer.from(text)),
        described: seededPicture(text),
      })),
    );
    await commitUploads({ files, pictures, folder, modelKeys: [SEEDED_KEY] }, uploads);
    const pathOf = (text: string) => folder.pathOf(hashOf(text), 'jpeg');
    utimesSync(pathOf('one'), 1, 1); // a restored backup
    writeFileSync(pathOf('two'), 'owt');
    appendFileSync(pathOf('three'), ' more');
    const { report, found } = await verify(run);
    assert.deepEqual([report.files, report.sound, report.rotten], [3, 1, 2]);
    assert.deepEqual(
      found.map(({ path, kind }) => [path, kind]).sort(),
      [pathOf('two'), pathOf('three')].sort().map((path) => [path, 'rotten']),
    );
  });

  it('may be rotten when nobody knows when they were changed', async () => {
    const run = await indexRun({ 'a.jpg': 'one', 'b.jpg': 'two' });
    await run.index();
    writeFileSync(join(run.root, 'a.jpg'), 'eno');
    forgetStamps(run);
    const { report, found } = await verify(run);
    assert.deepEqual([report.sound, report.changed], [1, 1]);
    assert.match(found[0]?.kind === 'changed' ? found[0].reason : '', /so that it may be rotten$/);
  });

  it('have good copies that are no older than this moment, and the nearest come first', async () => {
    const run = await indexRun({ 'a.jpg': 'one', 'b.jpg': 'one', 'c.jpg': 'two', 'd.jpg': 'three' });
    await run.index();
    const idOf = async (path: string) => (await run.known(path))?.indexed?.pictureId ?? 0;
    const [one, two, three] = [await idOf('root/a.jpg'), await idOf('root/c.jpg'), await idOf('root/d.jpg')];
    // The catalog has other bytes of it than the disk, as when that has changed by itself.
    const stamp = (await run.known('root/a.jpg'))?.indexed?.stamp;
    assert.ok(stamp);
    const rotten = { stamp, contentHash: hashOf('eno'), described: seededPicture('eno') };
    await run.catalog.files.commit({ files: [rotten], failures: [], removed: [] });
    writeFileSync(join(run.root, 'd.jpg'), 'other');
    const { report, found } = await verify(run, nothingVerified(), [one, two, three]);
    assert.deepEqual([report.sound, report.rotten, report.changed], [2, 1, 1]);
    const [first] = found;
    assert.ok(first?.kind === 'rotten');
    assert.deepEqual(first.good, [
      { path: join(run.root, 'b.jpg'), relation: 'copy' },
      { path: join(run.root, 'c.jpg'), relation: 'copy' },
    ]);
    assert.equal(first.inVain, 1, 'd.jpg was written to');
  });

  it('are read again when they were not sound before, and not when they were', async () => {
    const run = await indexRun({ 'a.jpg': 'one', 'b.jpg': 'two', 'c.jpg': 'three' });
    await run.index();
    writeFileSync(join(run.root, 'a.jpg'), 'unseen, for it was sound');
    const soFar = {
      ...nothingVerified(),
      ...{ behind: join(run.root, 'b.jpg'), again: [join(run.root, 'b.jpg')], sound: 1, bytes: 3 },
    };
    const { report, found } = await verify(run, soFar);
    assert.deepEqual([report.files, report.sound, report.bytes, found], [3, 3, 11, []]);
    assert.equal(report.beganAt, soFar.beganAt);
  });

  it('are none in an empty library', async () => {
    const { report } = await verify(await indexRun());
    assert.deepEqual([report.files, report.isStopped], [0, false]);
  });
});
