import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { companionsIn } from '../../src/curation/companions.ts';
import { isRawName, kindOfName } from '../../src/imaging/name-kinds.ts';

const kindOf = (name: string) =>
  isRawName(name) ? 'raw' : kindOfName(name) === 'readable' ? 'picture' : 'other';

describe('companions', () => {
  for (const { names, are } of [
    { names: ['IMG_1.jpg', 'IMG_1.CR2'], are: ['IMG_1.CR2: raw of IMG_1.jpg'] },
    { names: ['IMG_1.HEIC', 'IMG_1.MOV'], are: ['IMG_1.MOV: movie of IMG_1.HEIC'] },
    { names: ['IMG_1.jpg', 'IMG_1.AAE'], are: ['IMG_1.AAE: sidecar of IMG_1.jpg'] },
    { names: ['a.jpg', 'a.jpg.xmp'], are: ['a.jpg.xmp: sidecar of a.jpg'] },
    { names: ['a.jpg', 'a.jpg.json'], are: ['a.jpg.json: sidecar of a.jpg'] },
    {
      names: ['a.jpg', 'a.jpg.supplemental-metadata.json'],
      are: ['a.jpg.supplemental-metadata.json: sidecar of a.jpg'],
    },
    {
      names: [
        'a.jpg',
        'a(1).jpg',
        'a.jpg(1).json',
        'a.jpg.supplemental-metadata(1).json',
        'a.jpg.suppl.json',
      ],
      are: [
        'a.jpg(1).json: sidecar of a(1).jpg',
        'a.jpg.suppl.json: sidecar of a.jpg',
        'a.jpg.supplemental-metadata(1).json: sidecar of a(1).jpg',
      ],
    },
    { names: ['a.jpg', 'a.jpg(1).json', 'a.jpg.settings.json'], are: [] },
    {
      names: ['a.jpg', 'a.png', 'a.nef', 'a.xmp'],
      are: ['a.nef: raw of a.jpg, a.png', 'a.xmp: sidecar of a.jpg, a.nef, a.png'],
    },
    { names: ['a.jpg', 'a.nef', 'a.nef.xmp'], are: ['a.nef: raw of a.jpg', 'a.nef.xmp: sidecar of a.nef'] },
    { names: ['a.jpg', 'a.json', 'a.txt', 'b.xmp', 'ab.CR2', '.xmp'], are: [] },
    { names: ['a.CR2', 'b.mov'], are: [] },
  ]) {
    it(`of ${names.join(', ')} are ${are.join(' and ') || 'none'}`, () => {
      const found = companionsIn(names, kindOf);
      assert.deepEqual(
        found.map(({ name, kind, owners }) => `${name}: ${kind} of ${owners.join(', ')}`),
        are,
      );
    });
  }
});
