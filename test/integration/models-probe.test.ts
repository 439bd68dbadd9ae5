import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { ProbedModel, ProbeHints } from '../../src/domain/probed-model.ts';
import { openModelFolder } from '../../src/embedding/model-folder.ts';
import { probeModel } from '../../src/model-probe/probe-model.ts';
import { writeOnnx } from '../support/onnx-writer.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';
import { type TinyVit, tinyVit } from '../support/tiny-vit.ts';

const BUNDLED = fileURLToPath(new URL('../../../models/bundled/', import.meta.url));
const NO_HINTS: ProbeHints = { patchSize: null, registers: null, output: null };

async function probeTiny(t: TestContext, vit: Partial<TinyVit>, hints: Partial<ProbeHints> = {}) {
  const folder = await makeTemporaryFolder(t);
  const { onnx, data } = tinyVit(vit);
  assert.ok(onnx.length < 1_000_000);
  await writeFile(join(folder, 'tiny.onnx'), onnx);
  if (data !== null && vit.dataFile) {
    await writeFile(join(folder, vit.dataFile), data);
  }
  return probeModel(join(folder, 'tiny.onnx'), { ...NO_HINTS, ...hints });
}

/** What a probe found, without what was drawn at random or measured. */
function facts({ input, outputs, elapsedMs: _, evidence: __, ...rest }: ProbedModel) {
  const { name, height, width, dynamic, multipleOf } = input;
  return { input: name, size: [width, height], dynamic, multipleOf, ...outputs, ...rest };
}

const FLOAT = { input: 'pixel_values', dtype: 'float32', batchSafe: true, dataFiles: [] } as const;
const TOKENS = { ...FLOAT, tokens: 'last_hidden_state', attentions: 'attention', registers: 0 } as const;
const AT_224 = { size: [224, 224], dynamic: false, multipleOf: 1 };

/** Each variant, and what has to be found. */
const VARIANTS: ReadonlyArray<readonly [string, Partial<TinyVit>, Record<string, unknown>]> = [
  [
    'ViT-S/16 of any size, its attention inside the graph',
    {},
    { ...TOKENS, size: [224, 224], dynamic: true, multipleOf: 16, patchSize: 16, dimensions: 384, heads: 6 },
  ],
  [
    'ViT-S/8 of one size',
    { patchSize: 8, side: 224 },
    { ...TOKENS, ...AT_224, patchSize: 8, dimensions: 384, heads: 6 },
  ],
  [
    'ViT-B/14 with registers and a pooled copy of CLS, of any size',
    { dimensions: 768, heads: 12, patchSize: 14, registers: 4, output: 'tokens-and-pooled' },
    {
      ...TOKENS,
      size: [224, 224],
      dynamic: true,
      multipleOf: 14,
      patchSize: 14,
      registers: 4,
      dimensions: 768,
      heads: 12,
    },
  ],
  [
    'ViT-B/16 of another size, its attention declared',
    { dimensions: 768, heads: 12, side: 160, declaresAttention: true },
    { ...TOKENS, size: [160, 160], dynamic: false, multipleOf: 1, patchSize: 16, dimensions: 768, heads: 12 },
  ],
  [
    'a model of any size whose patches divide 224 in no way',
    { patchSize: 12 },
    { ...TOKENS, size: [216, 216], dynamic: true, multipleOf: 12, patchSize: 12, dimensions: 384, heads: 6 },
  ],
  [
    'a model that gives the CLS embedding alone',
    { output: 'cls', side: 224, dimensions: 768, heads: 12 },
    {
      ...FLOAT,
      ...AT_224,
      tokens: 'embedding',
      attentions: null,
      patchSize: null,
      registers: 0,
      dimensions: 768,
      heads: null,
    },
  ],
  [
    'dynamic int8, which must not be batched',
    { isQuantized: true, side: 224 },
    { ...TOKENS, ...AT_224, dtype: 'int8', batchSafe: false, patchSize: 16, dimensions: 384, heads: 6 },
  ],
  [
    'a model that takes one picture at a time',
    { batch: 1, side: 224 },
    { ...TOKENS, ...AT_224, batchSafe: false, patchSize: 16, dimensions: 384, heads: 6 },
  ],
  [
    'weights in a file of their own',
    { dataFile: 'weights.bin', side: 224 },
    {
      ...TOKENS,
      ...AT_224,
      attentions: null,
      dataFiles: ['weights.bin'],
      patchSize: 16,
      dimensions: 384,
      heads: null,
    },
  ],
];

describe('probing an unknown ONNX file', () => {
  for (const [name, vit, expected] of VARIANTS) {
    it(`identifies ${name}`, async (t) => {
      assert.deepEqual(facts(await probeTiny(t, vit)), expected);
    });
  }

  it('identifies the bundled model', async () => {
    const { manifest } = await openModelFolder(BUNDLED);
    const probed = await probeModel(join(BUNDLED, manifest.file), NO_HINTS);
    const found = facts(probed);
    const { input, outputs, patchSize, registers, dimensions, heads, dtype } = manifest;
    assert.deepEqual(
      { ...found, size: null },
      {
        ...FLOAT,
        dtype,
        size: null,
        dynamic: input.dynamic,
        multipleOf: input.multipleOf,
        tokens: outputs.tokens,
        attentions: outputs.attentions,
        patchSize,
        registers,
        dimensions,
        heads,
      },
    );
    assert.ok(probed.elapsedMs > 0 && probed.elapsedMs < 60_000);
  });

  it('takes the strides of the convolution when the tokens leave two answers', async (t) => {
    // 65 tokens at 224 pixels: CLS and 8 x 8 patches of 28, or CLS, 15 registers and 7 x 7 patches of 32.
    assert.equal((await probeTiny(t, { patchSize: 28, side: 224 })).patchSize, 28);
    const many = await probeTiny(t, { patchSize: 32, registers: 15, side: 224 });
    assert.deepEqual([many.patchSize, many.registers], [32, 15]);
  });
});

describe('an ONNX file that does not fit', () => {
  const refused: ReadonlyArray<readonly [string, Partial<TinyVit>, RegExp]> = [
    [
      'without a CLS token',
      { specials: 'none' },
      /which are its patches of 16 pixels alone, expected a CLS token/,
    ],
    [
      'with CLS behind the patches',
      { specials: 'last' },
      /0 of its 1 special tokens stand before the patches/,
    ],
    ['with a first token that never changes', { hasAttention: false }, /is the same for different pictures/],
    [
      'with CLS behind the registers',
      { output: 'tokens-and-pooled', registers: 4, pooledToken: 4 },
      /its pooled output is token 4, expected the CLS token to be the first/,
    ],
  ];
  for (const [name, vit, reason] of refused) {
    it(`is refused: ${name}`, async (t) => {
      await assert.rejects(probeTiny(t, vit), { code: 'MODEL_UNAVAILABLE', message: reason });
    });
  }

  it('is refused when what the person says is not so', async (t) => {
    await assert.rejects(probeTiny(t, {}, { patchSize: 8 }), /fits no patch side .*with --patch-size 8/);
    await assert.rejects(probeTiny(t, {}, { registers: 4 }), /fits no patch side .*with --registers 4/);
    await assert.rejects(
      probeTiny(t, {}, { output: 'pooled' }),
      /its output "pooled" cannot hold embeddings/,
    );
  });

  it('is refused when its input takes no float pictures', async (t) => {
    const folder = await makeTemporaryFolder(t);
    const path = join(folder, 'model.onnx');
    const identity = [{ operator: 'Identity', inputs: ['x'], outputs: ['y'] }];
    const write = (dims: Array<number | string>, type: 'float32' | 'uint8', nodes = identity) =>
      writeFile(
        path,
        writeOnnx({
          nodes,
          tensors: [],
          inputs: [{ name: 'x', dims, type }],
          outputs: [{ name: 'y', dims, type }],
        }),
      );
    await write(['n', 3, 224, 224], 'uint8');
    await assert.rejects(
      probeModel(path, NO_HINTS),
      /its input "x" is uint8 \[n, 3, 224, 224\], expected float32/,
    );
    await write(['n', 224, 224, 3], 'float32');
    await assert.rejects(
      probeModel(path, NO_HINTS),
      /\(its colors come last\), expected \[batch, 3, height, width\]/,
    );
    await write(['n', 3, 224, 224], 'float32');
    await assert.rejects(
      probeModel(path, NO_HINTS),
      /found the outputs y \[1, 3, 224, 224\], expected float32/,
    );
  });

  it('is refused when it is no ONNX file, or is cut short', async (t) => {
    const folder = await makeTemporaryFolder(t);
    const path = join(folder, 'model.onnx');
    for (const bytes of [
      new Uint8Array(0),
      Buffer.from('<html>Not found</html>'),
      tinyVit().onnx.subarray(0, 9_999),
    ]) {
      await writeFile(path, bytes);
      await assert.rejects(probeModel(path, NO_HINTS), /cannot be used as a model: it is no ONNX file/);
    }
    await assert.rejects(probeModel(join(folder, 'none.onnx'), NO_HINTS), /it cannot be read \(ENOENT/);
  });
});
