import { writeFileSync } from 'node:fs';
import { DEFAULT_PICTURE_LIMITS } from '../../src/domain/picture-limits.ts';
import { findModel } from '../../src/embedding/model-store.ts';
import { startOnnxEmbedder } from '../../src/embedding/onnx-embedder.ts';
import { GOLDEN_PICTURES, goldenPng } from './golden-picture.ts';

// To be run when the bundled model is replaced: node dist/test/support/make-golden-vectors.js

const model = await findModel(null, '');
const embedder = startOnnxEmbedder([model], DEFAULT_PICTURE_LIMITS);
const vectors: Record<string, unknown> = {};
for (const name of Object.keys(GOLDEN_PICTURES)) {
  const { descriptors } = await embedder.describe(await goldenPng(name));
  const rounded = (vector: Float32Array) => [...vector].map((value) => Number(value.toFixed(5)));
  vectors[name] = Object.fromEntries(
    Object.entries(descriptors[model.key] ?? {}).map(([vector, { unit }]) => [vector, rounded(unit)]),
  );
}
await embedder.close();
writeFileSync('test/support/golden-vectors.json', `${JSON.stringify({ modelKey: model.key, vectors })}\n`);
