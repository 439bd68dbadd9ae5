import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import sharp from 'sharp';
import { nameDecoders } from '../../src/imaging/decoders.ts';

function installed(name: string): string {
  const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')) as {
    version: string;
  };
  return `${name} ${version}`;
}

it('names everything that decodes with the version that is installed', () => {
  assert.equal(
    nameDecoders(),
    [
      'eidetic 3',
      installed('sharp'),
      `libvips ${sharp.versions.vips}`,
      installed('heic-decode'),
      installed('libheif-js'),
    ].join('; '),
  );
});
