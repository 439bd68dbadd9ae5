import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatManifest, type IndexManifest, parseManifest } from '../../src/vector-index/index-manifest.ts';

const manifest: IndexManifest = {
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

test('a manifest comes back as it was written', () => {
  assert.deepEqual(parseManifest(formatManifest(manifest)), manifest);
});

test('any flipped bit of a manifest is noticed', () => {
  const bytes = Buffer.from(formatManifest(manifest));
  for (let position = 0; position < bytes.length; position++) {
    for (const bit of [1, 4, 7]) {
      const damaged = Buffer.from(bytes);
      damaged.writeUInt8(bytes.readUInt8(position) ^ (1 << bit), position);
      assert.equal(
        typeof parseManifest(damaged.toString('utf8')),
        'string',
        `bit ${bit} of byte ${position}`,
      );
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
  assert.equal(parseManifest('{"format": 2, "news": true}'), 'Found index format 2, expected 1.');
});

test('a manifest may not name files outside its folder or of another kind', () => {
  for (const name of ['../index-41-0123abcd.hnsw', '/etc/passwd', 'catalog.sqlite']) {
    const forged = formatManifest({ ...manifest, graph: { ...manifest.graph, name } });
    assert.equal(parseManifest(forged), 'Found a manifest.json that is not an index manifest.');
  }
});

test('another metric is refused', () => {
  const forged = formatManifest({ ...manifest, metric: 'ip' as 'l2' });
  assert.equal(typeof parseManifest(forged), 'string');
});
