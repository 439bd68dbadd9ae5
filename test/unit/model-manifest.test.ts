import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseModelManifest } from '../../src/embedding/model-manifest.ts';

const BUNDLED = fileURLToPath(new URL('../../../models/bundled/model.json', import.meta.url));

describe('model.json', () => {
  it('may begin with a byte order mark', () => {
    const text = readFileSync(BUNDLED, 'utf8');
    assert.deepEqual(parseModelManifest(`\uFEFF${text}`, BUNDLED), parseModelManifest(text, BUNDLED));
  });
});
