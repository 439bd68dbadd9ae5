import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import { readRating } from '../../src/engine/read-rating.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function xmp(description: string): string {
  return `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" ${description}</rdf:RDF></x:xmpmeta>`;
}

describe('the rating of a picture', () => {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder, name);

  it('is read of a JPEG, as an attribute or an element', async () => {
    const picture = sharp(await drawNumbered(1).png().toBuffer());
    const packets = ['xmp:Rating="4"/>', '><xmp:Rating>2</xmp:Rating></rdf:Description>', 'xmp:Rating="0"/>'];
    const found = [];
    for (const [i, packet] of packets.entries()) {
      await picture
        .clone()
        .withXmp(xmp(packet))
        .jpeg()
        .toFile(at(`${i}.jpg`));
      found.push(await readRating(at(`${i}.jpg`), 'jpeg'));
    }
    assert.deepEqual(found, [4, 2, null]);
  });

  it('is read of a sidecar beside any picture, rather than of the picture itself', async () => {
    const picture = sharp(await drawNumbered(2).png().toBuffer());
    await picture.clone().withXmp(xmp('xmp:Rating="1"/>')).jpeg().toFile(at('a.jpg'));
    await picture.clone().tiff().toFile(at('b.tif'));
    for (const [name, stars] of [
      ['a.jpg.xmp', '5'],
      ['b.XMP', '3'],
    ] as const) {
      writeFileSync(at(name), xmp(`xmp:Rating="${stars}"/>`));
    }
    assert.deepEqual([await readRating(at('a.jpg'), 'jpeg'), await readRating(at('b.tif'), 'tiff')], [5, 3]);
  });

  it('is none where nobody gave one, where it was rejected, and of what cannot be read', async () => {
    writeFileSync(at('c.jpg.xmp'), xmp('xmp:Rating="-1"/>'));
    await drawNumbered(3).jpeg().toFile(at('c.jpg'));
    assert.deepEqual(
      [await readRating(at('c.jpg'), 'jpeg'), await readRating(at('no.jpg'), 'jpeg')],
      [null, null],
    );
  });
});
