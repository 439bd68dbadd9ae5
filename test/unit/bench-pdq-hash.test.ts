import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LumaPicture } from '../../bench/luma-picture.ts';
import { pdqHash, pdqHex } from '../../bench/pdq-hash.ts';

/** Curves and steps. */
function drawn(width: number, height: number): LumaPicture {
  const values = Float32Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    const curves = Math.floor((x * x) / 7) + Math.floor((y * y) / 5) + Math.floor((x * y) / 11);
    return (curves + 37 * Math.floor(x / 23) + 61 * Math.floor(y / 31)) % 256;
  });
  return { values, width, height };
}

// What Meta's C++ gives for these pictures, by the Python package pdqhash 0.2.8; of the first all eight variants.
const EXPECTED_VARIANTS = [
  '9bff97fe1fff1fdb17ff97270b01ff40fe00fe00ff00fc00fc00f800e000d000',
  'c5fffe0001fe0202b3fc8207ffe000dff80006ffec0007fff80017fffc0043ff',
  'ceaa3d544aaab57142aa3d895e5555aaab5554aaaa5556aaa95552aab5553aaa',
  '90aa54aa54ab88a8e6a928adaab5aa55ad55ac55b955ad55ad55b855a955e955',
  '9bff68010fffe02417ff68d80b0000bbfe0001fffe0003fffc0007ffe0002fff',
  'ceaac2ab4aaa4a8e42aac2765e55aa15ab55ab55aa55a955a955ad55b5558555',
  'c5ff01ff01fefdfdb3fc7df8ffe0ff20f800f900ec00f800f800ec00fc00be00',
  '90aaab5454ab5757e6a9d752aab5558aad5552aab95552aaad5542aaa95516aa',
];

describe('pdqHash', () => {
  it('is what its authors make of a picture, as it is, turned and mirrored', () => {
    const { hashes, quality } = pdqHash(drawn(200, 150));
    assert.deepEqual(hashes.map(pdqHex), EXPECTED_VARIANTS);
    assert.equal(quality, 100);
  });

  it('takes windows of odd and even width, and a picture of 64 pixels as it is', () => {
    const plain = (width: number, height: number) =>
      pdqHex(pdqHash(drawn(width, height)).hashes[0] as Uint32Array);
    assert.equal(plain(131, 257), 'e5ffc7f0c7e9c7e0c7e0cfe0cfe08fc08fc09fc0cf80cf808f40cf00cf80df00');
    assert.equal(plain(64, 64), '2b3d76e0e91fd2e0d58bab749ac1b59f273865602f476a476ac4669c86986698');
  });

  it('finds no quality where there is nothing to see', () => {
    const flat = new Float32Array(100 * 80).fill(128);
    assert.equal(pdqHash({ values: flat, width: 100, height: 80 }).quality, 0);
    assert.deepEqual(pdqHash(drawn(4, 400)), { hashes: Array(8).fill(new Uint32Array(8)), quality: 0 });
  });

  it('takes a larger picture at 512 pixels each way, by the nearest pixel', () => {
    const { values } = drawn(512, 512);
    const doubled = Float32Array.from({ length: 1024 * 1024 }, (_, at) => {
      const [x, y] = [at % 1024, Math.floor(at / 1024)];
      return values[Math.floor(y / 2) * 512 + Math.floor(x / 2)] as number;
    });
    assert.deepEqual(pdqHash({ values: doubled, width: 1024, height: 1024 }), pdqHash(drawn(512, 512)));
  });
});
