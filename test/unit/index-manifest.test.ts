import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type FormerManifest,
  formatManifest,
  type IndexManifest,
  parseManifest,
} from '../../src/vector-index/index-manifest.ts';

const manifest: IndexManifest = {
  format: 2,
  libraryId: '6f1c1f7e-6a0e-4a5a-8a53-0d7f1f0f7a10',
  spaceId: 'similar',
  revision: 1,
  modelKey: 'a'.repeat(64),
  dimensions: 384,
  position: '41-00ff17',
  metric: 'l2',
  m: 16,
  efConstruction: 200,
  count: 1000,
  points: 990,
  graph: { name: 'index-0123abcd.hnsw', sizeBytes: 1234, sha256: 'b'.repeat(64) },
  parts: { name: 'index-0123abcd.parts', sizeBytes: 16000, sha256: 'c'.repeat(64) },
};

const former: FormerManifest = {
  format: 1,
  modelKey: 'a'.repeat(64),
  space: 'similar',
  dimensions: 384,
  metric: 'l2',
  m: 16,
  efConstruction: 200,
  generation: 41,
  count: 1000,
  points: 990,
  graph: { name: 'index-41-0123abcd.hnsw', sizeBytes: 1234, sha256: 'b'.repeat(64) },
  pictures: { name: 'index-41-0123abcd.pictures', sizeBytes: 16000, sha256: 'c'.repeat(64) },
};

test('a manifest comes back as it was written, one of the former format too', () => {
  assert.deepEqual(parseManifest(formatManifest(manifest)), manifest);
  assert.deepEqual(parseManifest(formatManifest(former)), former);
});

test('any flipped bit of a manifest is noticed', () => {
  for (const text of [formatManifest(manifest), formatManifest(former)]) {
    const bytes = Buffer.from(text);
    for (let place = 0; place < bytes.length; place++) {
      for (const bit of [0, 1, 4, 7]) {
        const damaged = Buffer.from(bytes);
        damaged.writeUInt8(bytes.readUInt8(place) ^ (1 << bit), place);
        assert.equal(typeof parseManifest(damaged.toString('utf8')), 'string', `bit ${bit} of byte ${place}`);
      }
    }
  }
});

test('a manifest cut short at any length is noticed', () => {
  const text = formatManifest(manifest);
  for (let length = 0; length < text.length; length++) {
    assert.equal(typeof parseManifest(text.slice(0, length)), 'string', `length ${length}`);
  }
});

test('a later format is named, whatever else has changed in it', () => {
  assert.equal(parseManifest('{"format": 3, "news": true}'), 'Found index format 3, expected 2.');
});

test('a manifest may not name files outside its folder or of another kind', () => {
  for (const name of ['../index-0123abcd.hnsw', 'index-..-0123abcd.hnsw', '/etc/passwd', 'catalog.sqlite']) {
    const forged = formatManifest({ ...manifest, graph: { ...manifest.graph, name } });
    assert.equal(parseManifest(forged), 'Found a manifest.json that is not an index manifest.');
    const old = formatManifest({ ...former, pictures: { ...former.pictures, name } });
    assert.equal(parseManifest(old), 'Found a manifest.json that is not an index manifest.');
  }
});

test('another metric is refused', () => {
  const forged = formatManifest({ ...manifest, metric: 'ip' as 'l2' });
  assert.equal(typeof parseManifest(forged), 'string');
});
