import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import exifr from 'exifr';
import { factsBeyond, sidecarXmp } from '../../src/apply/sidecar-xmp.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const NOTHING = { takenAt: null, camera: null, latitude: null, longitude: null };

describe('an XMP sidecar', () => {
  it('says when, where and by what a picture was taken, as a program reads it that is not ours', async (t) => {
    const facts = {
      takenAt: '2021-05-04T10:11:12+02:00',
      camera: 'Fuji "X" <100> & \u0007co',
      latitude: -33.5,
      longitude: 151.25,
    };
    const path = join(await makeTemporaryFolder(t), 'a.xmp');
    writeFileSync(path, sidecarXmp(facts) ?? '');
    const read = await exifr.sidecar(path, { xmp: { parse: true } }, 'xmp');
    const { DateTimeOriginal, Model, GPSLatitude, GPSLongitude } = Object.assign(
      {},
      ...Object.values(read as object),
    ) as Record<string, unknown>;
    assert.equal(new Date(String(DateTimeOriginal)).toISOString(), '2021-05-04T08:11:12.000Z');
    assert.equal(Model, 'Fuji &quot;X&quot; &lt;100> &amp; co'); // it leaves entities as they are
    assert.equal(GPSLatitude, '33,30.000000S');
    assert.equal(GPSLongitude, '151,15.000000E');
  });

  it('is none where there is nothing to say', () => {
    assert.equal(sidecarXmp(NOTHING), null);
    assert.equal(sidecarXmp({ ...NOTHING, latitude: 5 }), null);
  });

  it('has what one picture knows and another does not, a place as a whole', () => {
    const known = { takenAt: '2021', camera: 'A', latitude: 1, longitude: 2 };
    assert.deepEqual(factsBeyond(known, NOTHING), known);
    assert.deepEqual(factsBeyond(known, { takenAt: '2020', camera: null, latitude: 5, longitude: 6 }), {
      ...NOTHING,
      camera: 'A',
    });
    assert.deepEqual(factsBeyond(known, { ...NOTHING, latitude: 5 }), known);
  });
});
