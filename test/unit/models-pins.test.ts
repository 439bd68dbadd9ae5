import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseModelManifest } from '../../src/embedding/model-manifest.ts';
import { allFiles, localName, pinnedFiles, revisionOf } from '../../src/models/pin.ts';
import { pinnedManifest } from '../../src/models/pinned-manifest.ts';
import { PINS } from '../../src/models/pins.ts';

describe('the pins', () => {
  it('have ids, file names and hashes of their own', () => {
    const hashes = PINS.flatMap(allFiles).flatMap(({ sha256 }) => sha256 ?? []);
    assert.equal(new Set(PINS.map(({ id }) => id)).size, PINS.length);
    assert.equal(new Set(hashes).size, hashes.length);
    for (const pin of PINS) {
      assert.equal(new Set(allFiles(pin).map(localName)).size, allFiles(pin).length, pin.id);
    }
  });

  it('spell hashes and commits in full or not at all', () => {
    for (const pin of PINS) {
      for (const { sha256 } of allFiles(pin)) {
        assert.match(sha256 ?? '0'.repeat(64), /^[0-9a-f]{64}$/, pin.id);
      }
      assert.match(pin.commit ?? '0000000', /^([0-9a-f]{7}|[0-9a-f]{40})$/, pin.id);
      assert.match(revisionOf(pin), /^(main|[0-9a-f]{40})$/, pin.id);
    }
  });

  it('have a grid of whole patches, and embed int8 one at a time', () => {
    for (const pin of PINS) {
      assert.equal(224 % pin.patchSize, 0, pin.id);
      assert.equal(pin.batchSafe, pin.dtype !== 'int8', pin.id);
    }
  });

  it('ask for consent where the license does', () => {
    const consenting = PINS.filter(({ licenseText }) => licenseText !== null);
    assert.deepEqual(
      consenting.map(({ id }) => id),
      ['dinov3-vits16'],
    );
    assert.ok(PINS.every(({ license, licenseText }) => license === 'Apache-2.0' || licenseText !== null));
  });

  it('make a model.json that is understood', () => {
    for (const pin of PINS) {
      const files = pinnedFiles(pin).map((file) => ({
        file: localName(file),
        sizeBytes: file.sizeBytes ?? 1,
        sha256: file.sha256 ?? '0'.repeat(64),
      }));
      const manifest = pinnedManifest(pin, files);
      assert.deepEqual(parseModelManifest(JSON.stringify(manifest), 'model.json'), manifest);
    }
  });
});
