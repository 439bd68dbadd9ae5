import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { showOnGround } from '../../src/imaging/show-on-ground.ts';

describe('showing transparent pixels', () => {
  it('leaves gray and RGB as they are', () => {
    const data = Uint8Array.of(1, 2, 3);
    assert.deepEqual(showOnGround({ data, channels: 3 }), { data, channels: 3 });
    assert.deepEqual(showOnGround({ data, channels: 1 }), { data, channels: 1 });
  });

  it('puts black and colored art on white', () => {
    const black = Uint8Array.of(0, 255, 0, 0);
    assert.deepEqual([...showOnGround({ data: black, channels: 2 }).data], [0, 255]);
    const red = Uint8Array.of(255, 0, 0, 255, 9, 9, 9, 0);
    assert.deepEqual([...showOnGround({ data: red, channels: 4 }).data], [255, 0, 0, 255, 255, 255]);
  });

  it('puts white art on black, and mixes what is half transparent', () => {
    const white = Uint8Array.of(255, 255, 7, 0, 255, 102);
    assert.deepEqual([...showOnGround({ data: white, channels: 2 }).data], [255, 0, 102]);
  });

  it('leaves white that hides nothing white', () => {
    assert.deepEqual([...showOnGround({ data: Uint8Array.of(255, 255), channels: 2 }).data], [255]);
  });
});
