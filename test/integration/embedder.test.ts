import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import type { Embedder } from '../../src/domain/embedder.ts';
import { EideticError } from '../../src/domain/errors.ts';
import { DEFAULT_PICTURE_LIMITS } from '../../src/domain/picture-limits.ts';
import { findModel } from '../../src/embedding/model-store.ts';
import { startOnnxEmbedder } from '../../src/embedding/onnx-embedder.ts';
import { openOnnxSession } from '../../src/embedding/onnx-session.ts';
import type { TokenDescriptor } from '../../src/embedding/pool-tokens.ts';
import { drawPicture } from '../support/draw-picture.ts';
import { GOLDEN_PICTURES, goldenPng } from '../support/golden-picture.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { prepareOne } from '../support/prepare-one.ts';

interface Golden {
  readonly modelKey: string;
  /** By picture and vector. */
  readonly vectors: Record<string, Record<string, readonly number[]>>;
}

const golden = JSON.parse(readFileSync('test/support/golden-vectors.json', 'utf8')) as Golden;

/** Another processor may round otherwise in every layer. */
const TOLERANCE = 2e-3;

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  assert.equal(a.length, b.length);
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - (b[i] as number))));
}

async function numbered(n: number): Promise<Uint8Array> {
  return new Uint8Array(await drawNumbered(n).png().toBuffer());
}

/** What the only model of an embedder says of a picture. */
async function describeOne(embedder: Embedder, bytes: Uint8Array): Promise<TokenDescriptor> {
  const { descriptors } = await embedder.describe(bytes);
  assert.deepEqual(
    Object.keys(descriptors),
    embedder.models.map(({ key }) => key),
  );
  return Object.values(descriptors)[0] as TokenDescriptor;
}

describe('embedder with the bundled model', async () => {
  const model = await findModel(null, '');
  const embedder = startOnnxEmbedder([model], DEFAULT_PICTURE_LIMITS);
  after(() => embedder.close());

  it('has golden vectors of this very model', () => {
    assert.equal(model.key, golden.modelKey, 'the model or its recipe changed: run make-golden-vectors');
  });

  for (const name of Object.keys(GOLDEN_PICTURES)) {
    it(`embeds the ${name} picture as the golden vector says`, async () => {
      const described = await describeOne(embedder, await goldenPng(name));
      const expected = golden.vectors[name] ?? {};
      assert.deepEqual(Object.keys(described).sort(), ['cls', 'copy', 'gem']);
      assert.deepEqual(Object.keys(expected).sort(), ['cls', 'copy', 'gem']);
      for (const [vector, values] of Object.entries(expected)) {
        assert.ok(largestDifference(described[vector]?.unit ?? [], values) < TOLERANCE, vector);
      }
    });
  }

  it('gives the same bits alone and among forty others at once', async () => {
    const alone: TokenDescriptor[] = [];
    for (const n of [0, 1, 2]) {
      alone.push(await describeOne(embedder, await numbered(n)));
    }
    const many = await Promise.all(
      Array.from({ length: 40 }, async (_, n) => describeOne(embedder, await numbered(n))),
    );
    assert.deepEqual(many.slice(0, 3), alone);
  });

  it('agrees with a batch of the session, which another CPU kernel may compute', async () => {
    const session = await openOnnxSession(model.folder, model.manifest, 1);
    const inputs = await Promise.all(
      [0, 1, 2, 3].map(async (n) => (await prepareOne(await numbered(n), model.manifest.input)).input),
    );
    const batch = await session.embed(inputs);
    for (const n of inputs.keys()) {
      const { cls, gem } = await describeOne(embedder, await numbered(n));
      assert.ok(largestDifference(cls.unit, batch[n]?.cls.unit ?? []) < 1e-4);
      assert.ok(largestDifference(gem.unit, batch[n]?.gem.unit ?? []) < 1e-4);
    }
    await session.release();
  });

  it('tells the length of each vector before it was brought to 1', async () => {
    const session = await openOnnxSession(model.folder, model.manifest, 1);
    const { input } = await prepareOne(await numbered(0), model.manifest.input);
    const [expected] = await session.embed([input]);
    const { cls, gem } = await describeOne(embedder, await numbered(0));
    assert.deepEqual([cls.norm, gem.norm], [expected?.cls.norm, expected?.gem.norm]);
    assert.ok(cls.norm !== null && gem.norm !== null && cls.norm > 0 && cls.norm !== gem.norm);
    await session.release();
  });

  it('refuses a bad picture and goes on with the others', async () => {
    const noPicture = new TextEncoder().encode('no picture');
    const picture = await numbered(5);
    const [bad, good] = await Promise.allSettled([embedder.describe(noPicture), embedder.describe(picture)]);
    assert.equal(good.status, 'fulfilled');
    assert.equal(bad.status, 'rejected');
    assert.equal((bad.reason as { code: string }).code, 'FORMAT_UNSUPPORTED');
  });

  it('refuses bytes that were handed over before, and closes', async () => {
    const own = startOnnxEmbedder([model], DEFAULT_PICTURE_LIMITS);
    const bytes = await numbered(6);
    const first = own.describe(bytes);
    const again = assert.rejects(own.describe(bytes), { code: 'IMAGE_UNREADABLE', message: /is empty/ });
    await Promise.all([first, again]);
    await own.close();
  });

  it('takes an input of the wrong size for the fault of its picture, not of the model', async () => {
    const session = await openOnnxSession(model.folder, model.manifest, 1);
    await assert.rejects(session.embed([new Float32Array(7)]), (error) => !(error instanceof EideticError));
    await session.release();
  });

  it('refuses a JPEG of which only the last rows are lost, alone and among others, and none of these', async () => {
    const cmyk = await drawPicture(1, { width: 300, height: 200 }).toColourspace('cmyk').jpeg().toBuffer();
    const at = Math.floor(cmyk.length * 0.6);
    const lost = () => new Uint8Array(Buffer.from(cmyk).fill(0, at, at + 64));
    const refused = { code: 'IMAGE_UNREADABLE', message: /damaged within its picture/ };
    await assert.rejects(embedder.describe(lost()), refused);
    const others = await Promise.all(
      Array.from({ length: 12 }, (_, n) => drawNumbered(n, 300).jpeg().toBuffer()),
    );
    const described = others.map((jpeg) => embedder.describe(new Uint8Array(jpeg)));
    await Promise.all([assert.rejects(embedder.describe(lost()), refused), ...described]);
  });

  it('says which model cannot be loaded, and why', async () => {
    const broken = startOnnxEmbedder([{ ...model, folder: '/nowhere' }], DEFAULT_PICTURE_LIMITS);
    await assert.rejects(broken.describe(await numbered(1)), {
      code: 'MODEL_UNAVAILABLE',
      message: /nowhere/,
    });
    await broken.close();
  });

  it('finishes what was asked before it closes, and refuses what comes later', async () => {
    const closing = startOnnxEmbedder([model], DEFAULT_PICTURE_LIMITS);
    const pictures = await Promise.all([0, 1, 2].map(numbered));
    const asked = Promise.all(pictures.map((picture) => closing.describe(picture)));
    await Promise.all([closing.close(), closing.close()]);
    assert.equal((await asked).length, 3);
    await assert.rejects(closing.describe(await numbered(4)), {
      code: 'CATALOG_CLOSED',
      message: /The library is closed/,
    });
    await closing.close();
  });
});
