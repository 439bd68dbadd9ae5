import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Embedder } from '../../src/domain/embedder.ts';
import { EideticError, type ErrorCode } from '../../src/domain/errors.ts';
import { fileProcessor } from '../../src/indexer/process-file.ts';
import { openSqliteCatalog } from '../../src/storage/sqlite-catalog.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Processes one file with an embedder that refuses every picture. */
async function processRefused(error: Error) {
  const folder = temporaryFolder();
  const path = join(folder, 'a.jpg');
  writeFileSync(path, 'bytes');
  const embedder = { model: { key: 'm' }, parallelism: 1, describe: () => Promise.reject(error) };
  const processor = fileProcessor(
    openSqliteCatalog(join(folder, 'catalog.sqlite')),
    embedder as unknown as Embedder,
    {
      force: false,
      maxBytes: 100,
    },
  );
  return processor.process({ path, sizeBytes: 5, modifiedMs: 1 });
}

describe('a picture that cannot be embedded', () => {
  const own: readonly ErrorCode[] = [
    'IMAGE_UNREADABLE',
    'IMAGE_TOO_LARGE',
    'FORMAT_UNSUPPORTED',
    'INVALID_INPUT',
  ];
  for (const code of own) {
    it(`is a failure and does not end the run when it is refused with ${code}`, async () => {
      const processed = await processRefused(new EideticError(code, 'No good.'));
      assert.equal(processed.kind, 'failed');
      assert.deepEqual([processed.failure.code, processed.failure.transient], [code, false]);
    });
  }

  it('ends the run when the fault is the model’s or the program’s', async () => {
    await assert.rejects(processRefused(new EideticError('MODEL_UNAVAILABLE', 'Gone.')), {
      code: 'MODEL_UNAVAILABLE',
    });
    await assert.rejects(processRefused(new TypeError('a bug')), TypeError);
  });
});
