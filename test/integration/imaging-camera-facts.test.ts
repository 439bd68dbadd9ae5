import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Sharp } from 'sharp';
import { readCameraFacts } from '../../src/imaging/camera-facts.ts';
import { drawPicture } from '../support/draw-picture.ts';
import { prepareOne } from '../support/prepare-one.ts';
import { seededRandom } from '../support/seeded-random.ts';

type Exif = Parameters<Sharp['withExif']>[0];

async function factsOf(exif: Exif, encode = (picture: Sharp) => picture.jpeg()) {
  const file = await encode(drawPicture(1).withExif(exif)).toBuffer();
  const { facts } = await prepareOne(file);
  const { takenAt, camera, latitude, longitude } = facts;
  return { takenAt, camera, latitude, longitude };
}

const NONE = { takenAt: null, camera: null, latitude: null, longitude: null };

const WHOLE: Exif = {
  IFD0: { Make: 'Acme', Model: 'One' },
  IFD2: { DateTimeOriginal: '2024:05:01 10:00:00', OffsetTimeOriginal: '+02:00' },
  IFD3: {
    GPSLatitudeRef: 'S',
    GPSLatitude: '51/1 30/1 0/1',
    GPSLongitudeRef: 'W',
    GPSLongitude: '10/1 15/1 0/1',
  },
};

for (const format of ['jpeg', 'png', 'webp', 'avif'] as const) {
  it(`reads when, with what and where from ${format}`, async () => {
    assert.deepEqual(await factsOf(WHOLE, (picture) => picture.toFormat(format, { effort: 1 })), {
      takenAt: '2024-05-01T10:00:00+02:00',
      camera: 'Acme One',
      latitude: -51.5,
      longitude: -10.25,
    });
  });
}

it('knows nothing of a picture that says nothing', async () => {
  assert.deepEqual(await factsOf({}), NONE);
  assert.deepEqual(await readCameraFacts(null), NONE);
});

it('keeps the local time of the camera when no offset is written, whatever the zone of this machine', async () => {
  const zone = process.env['TZ'];
  try {
    for (const other of ['Pacific/Kiritimati', 'America/Los_Angeles', 'UTC']) {
      process.env['TZ'] = other;
      const facts = await factsOf({ IFD2: { DateTimeOriginal: '2024:03:31 02:30:00' } });
      assert.equal(facts.takenAt, '2024-03-31T02:30:00');
    }
  } finally {
    if (zone === undefined) {
      delete process.env['TZ'];
    } else {
      process.env['TZ'] = zone;
    }
  }
});

it('falls back to the time of digitizing', async () => {
  const digitized = { DateTimeDigitized: '2001:02:03 04:05:06', OffsetTimeDigitized: '-05:30' };
  assert.equal((await factsOf({ IFD2: digitized })).takenAt, '2001-02-03T04:05:06-05:30');
  const both = { ...digitized, DateTimeOriginal: '    :  :     :  :  ' };
  assert.equal((await factsOf({ IFD2: both })).takenAt, '2001-02-03T04:05:06-05:30');
});

it('takes no time that is none', async () => {
  for (const time of ['0000:00:00 00:00:00', '2024:02:30 10:00:00', '2024:13:01 10:00:00', 'yesterday']) {
    assert.equal((await factsOf({ IFD2: { DateTimeOriginal: time } })).takenAt, null, time);
  }
  const oddOffset = { DateTimeOriginal: '2024:05:01 10:00:00', OffsetTimeOriginal: '+99:00' };
  assert.equal((await factsOf({ IFD2: oddOffset })).takenAt, '2024-05-01T10:00:00');
});

it('names the camera without repeating its maker', async () => {
  const cases = [
    ['NIKON CORPORATION', 'NIKON D70', 'NIKON D70'],
    ['Canon', 'Canon EOS 5D', 'Canon EOS 5D'],
    ['Apple', 'iPhone 12', 'Apple iPhone 12'],
    ['samsung', 'SAMSUNG S5', 'SAMSUNG S5'],
    ['Canonical', 'Canon 1', 'Canonical Canon 1'],
  ] as const;
  for (const [maker, model, expected] of cases) {
    assert.equal((await factsOf({ IFD0: { Make: maker, Model: model } })).camera, expected);
  }
  assert.equal((await factsOf({ IFD0: { Make: 'Acme' } })).camera, 'Acme');
  assert.equal((await factsOf({ IFD0: { Model: 'One  ' } })).camera, 'One');
});

it('takes no place that is none: out of range, half, or the zero of a device without a fix', async () => {
  const place = (latitude: string, longitude: string): Exif => ({
    IFD3: { GPSLatitudeRef: 'N', GPSLatitude: latitude, GPSLongitudeRef: 'E', GPSLongitude: longitude },
  });
  for (const exif of [
    place('91/1 0/1 0/1', '10/1 0/1 0/1'),
    place('10/1 0/1 0/1', '181/1 0/1 0/1'),
    place('0/1 0/1 0/1', '0/1 0/1 0/1'),
    place('0/0 0/0 0/0', '10/1 0/1 0/1'),
    { IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '10/1 0/1 0/1' } } as Exif,
  ]) {
    assert.deepEqual(await factsOf(exif), NONE);
  }
});

it('never fails on damaged EXIF', async () => {
  const file = await drawPicture(1).withExif(WHOLE).jpeg().toBuffer();
  const start = file.indexOf('Exif') + 6;
  const random = seededRandom(3);
  for (let run = 0; run < 200; run++) {
    const exif = Buffer.from(file.subarray(start, start + 400));
    for (let i = 0; i < 1 + run / 10; i++) {
      exif[Math.floor(random() * exif.length)] = Math.floor(random() * 256);
    }
    const { latitude, longitude, takenAt } = await readCameraFacts(exif.subarray(0, 20 + run * 2));
    assert(latitude === null || Math.abs(latitude) <= 90);
    assert(longitude === null || Math.abs(longitude) <= 180);
    assert(takenAt === null || !Number.isNaN(Date.parse(takenAt)));
  }
});
