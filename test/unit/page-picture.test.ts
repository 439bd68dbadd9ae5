import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Picture } from '../../src/client/eidetic-client.ts';
import { differingFacts } from '../../src/web/parts/differing-facts.ts';
import { factsOf } from '../../src/web/parts/picture-facts.ts';
import { needsOriginal, previewReason } from '../../src/web/parts/picture-layers.ts';
import { readableTime } from '../../src/web/parts/readable-time.ts';
import { shownSimilarity } from '../../src/web/parts/similarity.ts';
import { closeUp, fitted, moved, zoomedTo } from '../../src/web/parts/zoom.ts';
import { de } from '../../src/web/texts/de.ts';
import { en } from '../../src/web/texts/en.ts';

const PHOTO: Picture = {
  ...{
    id: 1,
    contentHash: 'ff',
    format: 'jpeg',
    width: 4_000,
    height: 3_000,
    pages: 1,
    sizeBytes: 3_412_877,
  },
  ...{ takenAt: '2024-05-17T16:32:08+02:00', camera: 'Acme One', latitude: 47.3769, longitude: -8.5417 },
  ...{ files: ['/a.jpg'], fileCount: 1, thumbnail: '' },
};

describe('a picture at large', () => {
  const area = { width: 800, height: 600 };
  const photo = { picture: { width: 4_000, height: 3_000 }, area };
  const icon = { picture: { width: 30, height: 20 }, area };
  const panorama = { picture: { width: 10_000, height: 1_000 }, area };

  it('is shown whole, in the middle, and never larger than it is', () => {
    assert.deepEqual(fitted(photo), { scale: 0.2, x: 0, y: 0 });
    assert.deepEqual(fitted(icon), { scale: 1, x: 385, y: 290 });
    assert.deepEqual(fitted(panorama), { scale: 0.08, x: 0, y: 260 });
  });

  it('is zoomed about a place that stays where it is', () => {
    const zoomed = zoomedTo(fitted(photo), 1, { x: 200, y: 300 }, photo);
    assert.deepEqual(zoomed, { scale: 1, x: -800, y: -1_200 });
    assert.deepEqual(zoomedTo(zoomed, 0.01, { x: 7, y: 9 }, photo), fitted(photo));
    assert.equal(zoomedTo(zoomed, 1_000, { x: 0, y: 0 }, photo).scale, 16);
  });

  it('is moved no further than its edges, and not at all where there is room beside it', () => {
    const zoomed = zoomedTo(fitted(photo), 1, { x: 200, y: 300 }, photo);
    assert.deepEqual(moved(zoomed, 5_000, 5_000, photo), { scale: 1, x: 0, y: 0 });
    assert.deepEqual(moved(zoomed, -5_000, -5_000, photo), { scale: 1, x: -3_200, y: -2_400 });
    const wide = zoomedTo(fitted(panorama), 0.5, { x: 400, y: 300 }, panorama);
    assert.deepEqual(moved(wide, 100, 100, panorama), { scale: 0.5, x: wide.x + 100, y: 50 });
    assert.deepEqual(moved(fitted(icon), 50, 50, icon), fitted(icon));
  });

  it('comes close in one gesture: pixel by pixel, else as large as its area, else twice as large', () => {
    assert.equal(closeUp(photo, 1), 1);
    assert.equal(closeUp(photo, 0.5), 0.5);
    assert.equal(closeUp({ picture: { width: 400, height: 100 }, area }, 1), 2);
    assert.equal(closeUp(icon, 1), 16);
    assert.equal(closeUp({ picture: area, area }, 1), 2);
  });

  it('is shown by its own file only where browsers can, and never an SVG', () => {
    const formats = ['jpeg', 'gif', 'svg', 'heic', 'tiff'] as const;
    assert.deepEqual(
      formats.map((format) => previewReason({ ...PHOTO, format })),
      [null, null, 'format', 'format', 'format'],
    );
    assert.equal(previewReason({ ...PHOTO, width: 20_000, height: 10_000 }), 'size');
  });

  it('needs its own file where no thumbnail is as sharp, and where it moves', () => {
    assert.equal(needsOriginal(PHOTO, 900), false);
    assert.equal(needsOriginal(PHOTO, 1_600), true);
    assert.equal(needsOriginal({ ...PHOTO, width: 640, height: 480 }, 640), true);
    assert.equal(needsOriginal({ ...PHOTO, format: 'gif', pages: 12 }, 100), true);
    assert.equal(needsOriginal({ ...PHOTO, format: 'tiff', pages: 12 }, 100), false);
  });
});

describe('what is known of a picture', () => {
  const plain = (text: string) => text.replaceAll(/\s/g, ' '); // some languages have narrow spaces

  it('is told in words, and what is not known is left out', () => {
    assert.deepEqual(
      factsOf(PHOTO, en).map(([name, value]) => [name, plain(value)]),
      [
        ['Size', '4,000 × 3,000 (12 MP)'],
        ['Format', 'JPEG'],
        ['File size', '3.41 MB'],
        ['Taken', 'May 17, 2024 at 4:32 PM (UTC+02:00)'],
        ['Camera', 'Acme One'],
        ['Place', '47.37690° N, 8.54170° W'],
      ],
    );
    const bare = { ...PHOTO, width: 30, height: 20, takenAt: null, camera: null, latitude: null };
    assert.deepEqual(
      factsOf(bare, en).map(([name, value]) => [name, plain(value)]),
      [
        ['Size', '30 × 20'],
        ['Format', 'JPEG'],
        ['File size', '3.41 MB'],
      ],
    );
    const find = (facts: ReturnType<typeof factsOf>, name: string) =>
      facts.find(([other]) => other === name)?.[1];
    assert.equal(find(factsOf({ ...PHOTO, longitude: 8.5 }, de), 'Ort'), '47,37690° N, 8,50000° O');
    assert.equal(find(factsOf({ ...PHOTO, format: 'tiff', pages: 3 }, en), 'Pages'), '3');
    assert.equal(find(factsOf({ ...PHOTO, format: 'gif', pages: 24 }, en), 'Frames'), '24');
    assert.equal(find(factsOf({ ...PHOTO, camera: 'a\u202eb' }, en), 'Camera'), 'a\\u{202e}b');
  });

  it('tells a time as the camera showed it, and what is no time as it is', () => {
    assert.equal(plain(readableTime('2024-01-02T23:59:59', 'de')), '2. Januar 2024 um 23:59');
    assert.equal(plain(readableTime('2024-01-02T23:59:59Z', 'de')), '2. Januar 2024 um 23:59 (UTC)');
    assert.equal(readableTime('2024', 'en'), '2024');
    assert.equal(readableTime('2024-99-02T23:59:59', 'en'), '2024-99-02T23:59:59');
  });

  it('is parted into what all have and what tells them apart', () => {
    const facts = [
      [
        ['Size', '1 × 1'],
        ['Format', 'PNG'],
        ['Camera', 'A'],
      ],
      [
        ['Size', '1 × 1'],
        ['Format', 'TIFF'],
      ],
    ] as const;
    assert.deepEqual(differingFacts(facts), {
      shared: [['Size', '1 × 1']],
      own: [
        [
          ['Format', 'PNG'],
          ['Camera', 'A'],
        ],
        [
          ['Format', 'TIFF'],
          ['Camera', '–'],
        ],
      ],
    });
    assert.deepEqual(differingFacts([facts[0]]), { shared: facts[0], own: [[]] });
  });

  it('never rounds a similarity up to that of the same picture', () => {
    assert.deepEqual([0.999_9, 1, 0.5].map(shownSimilarity), ['0.99', '1.00', '0.50']);
  });
});
