import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { EideticError } from '../../src/domain/errors.ts';
import { prepareOne } from '../support/prepare-one.ts';

const MOST_FILES = 300;

it('gives every file of a folder of real photos facts or a refusal', async (t) => {
  const folder = process.env['EIDETIC_PHOTOS'];
  if (folder === undefined) {
    t.skip('set EIDETIC_PHOTOS to a folder of photos to run this test');
    return;
  }
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const step = Math.max(1, Math.floor(files.length / MOST_FILES));
  for (const path of files.filter((_, i) => i % step === 0)) {
    try {
      const { facts, input } = await prepareOne(readFileSync(path));
      assert(facts.bitDepth !== null, path);
      assert(input.every(Number.isFinite), path);
    } catch (error) {
      assert(error instanceof EideticError, `${path}: ${String(error)}`);
    }
  }
});
