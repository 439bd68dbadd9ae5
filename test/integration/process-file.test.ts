import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { EideticError, type ErrorCode } from '../../src/domain/errors.ts';
import { unseenStamp } from '../../src/domain/failure.ts';
import { fileProcessor } from '../../src/indexer/process-file.ts';
import { CountingEmbedder } from '../support/counting-embedder.ts';
import { keptLogger } from '../support/kept-logger.ts';
import { openTestCatalog } from '../support/open-test-catalog.ts';
import { SEEDED_MODEL } from '../support/seeded-picture.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const DEVICES = { identityOf: () => 'disk' };

async function prepare() {
  const folder = temporaryFolder();
  const path = join(folder, 'a.jpg');
  const catalog = await openTestCatalog(join(folder, 'catalog.sqlite'));
  const embedder = new CountingEmbedder();
  await catalog.models.add('seeded-model', SEEDED_MODEL);
  const logger = keptLogger();
  const stopping = new AbortController();
  const process = () =>
    fileProcessor(
      { files: catalog.files, embedder, devices: DEVICES, logger },
      { force: false, maxBytes: 100, signal: stopping.signal, conditionsOf: (of) => `conditions of ${of}` },
    ).process({ stamp: unseenStamp(path), known: null, isNew: true });
  return { path, embedder, logger, stopping, process };
}

/** Processes one file with an embedder that refuses its picture. */
async function processRefused(error: Error) {
  const { path, embedder, process } = await prepare();
  writeFileSync(path, 'bytes');
  embedder.errors.set('bytes', error);
  return process();
}

it('leaves a picture to the next run when this one is asked to end while it is decoded', async () => {
  const { path, embedder, stopping, process } = await prepare();
  writeFileSync(path, 'bytes');
  const reason = new Error('stopped');
  embedder.errors.set('bytes', reason);
  stopping.abort(reason);
  assert.deepEqual(await process(), { kind: 'left' });
});

describe('a picture that cannot be embedded', () => {
  const own: readonly ErrorCode[] = [
    'IMAGE_UNREADABLE',
    'IMAGE_TOO_LARGE',
    'FORMAT_UNSUPPORTED',
    'INVALID_INPUT',
  ];
  for (const code of own) {
    it(`is a failure until it changes when it is refused with ${code}`, async () => {
      const processed = await processRefused(new EideticError(code, 'No good.'));
      assert.equal(processed.kind, 'failed');
      const { failure } = processed;
      assert.deepEqual([failure.code, failure.message, failure.retry], [code, 'No good.', 'changed']);
      assert.equal(failure.conditions, `conditions of ${failure.stamp.path}`);
      assert.deepEqual([failure.stamp.sizeBytes, failure.stamp.device], [5, 'disk']);
    });

    it(`is a failure until the next run when ${code} says that it may pass`, async () => {
      const details = { isPassing: true };
      const processed = await processRefused(new EideticError(code, 'Not now.', { details }));
      assert.equal(processed.kind === 'failed' && processed.failure.retry, 'next-run');
    });
  }

  for (const code of ['OVERLOADED', 'INDEX_UNUSABLE'] as const) {
    it(`is a failure until the next run when it is refused with ${code}`, async () => {
      const processed = await processRefused(new EideticError(code, 'Odd.'));
      assert.equal(processed.kind === 'failed' && processed.failure.retry, 'next-run');
    });
  }

  const ofTheLibrary: readonly ErrorCode[] = [
    'MODEL_UNAVAILABLE',
    'MODEL_MISMATCH',
    'CATALOG_BUSY',
    'CATALOG_TOO_NEW',
    'CATALOG_DAMAGED',
    'CATALOG_CLOSED',
    'STORAGE_FULL',
    'READ_ONLY',
    'NOT_FOUND',
  ];
  for (const code of ofTheLibrary) {
    it(`ends the run when the fault is not its own: ${code}`, async () => {
      await assert.rejects(processRefused(new EideticError(code, 'Gone.')), { code });
    });
  }

  it('ends the run when somebody wants an end', async () => {
    await assert.rejects(processRefused(new DOMException('Stopped.', 'AbortError')), { name: 'AbortError' });
  });
});

describe('a file that cannot be read', () => {
  it('is a failure until the next run, and nothing is described', async () => {
    const { embedder, process } = await prepare();
    const processed = await process();
    assert.equal(processed.kind, 'failed');
    assert.deepEqual([processed.failure.code, processed.failure.retry], ['IMAGE_UNREADABLE', 'next-run']);
    assert.match(processed.failure.message, /cannot be read: it is not there/);
    assert.deepEqual(embedder.described, []);
  });

  it('is not waited for when it is a pipe now', {
    skip: process.platform === 'win32' && 'no pipes',
  }, async () => {
    const { path, process } = await prepare();
    execFileSync('mkfifo', [path]);
    const processed = await process();
    assert.match(processed.kind === 'failed' ? processed.failure.message : '', /no longer a regular file/);
  });

  it('is a failure until it changes when it is too large', async () => {
    const { path, process } = await prepare();
    writeFileSync(path, 'x'.repeat(101));
    const processed = await process();
    assert.equal(processed.kind, 'failed');
    assert.deepEqual([processed.failure.code, processed.failure.retry], ['IMAGE_TOO_LARGE', 'changed']);
  });
});
