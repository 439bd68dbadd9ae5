import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { ModelManifest } from '../src/domain/model.ts';
import { seededRandom } from '../test/support/seeded-random.ts';
import { outputsOf } from './bundled-model.ts';
import { median } from './spread.ts';

// How long a forward pass of a model takes with ONNX Runtime alone, one picture on one thread, as JSON; argv: folder of
// the model, forward passes.

const [folder = '', passes] = process.argv.slice(2);
const manifest = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8')) as ModelManifest;
const { name, height, width } = manifest.input;
const random = seededRandom(1);
const values = Float32Array.from({ length: 3 * height * width }, () => 4 * random() - 2);
const session = await InferenceSession.create(join(folder, manifest.file), {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
});
const times: number[] = [];
for (let pass = 0; pass < Number(passes); pass++) {
  const input = new Tensor('float32', values, [1, 3, height, width]);
  const startedAt = performance.now();
  const outputs = await session.run({ [name]: input }, outputsOf(manifest));
  times.push(performance.now() - startedAt);
  for (const output of Object.values(outputs)) {
    output.dispose();
  }
}
await session.release();
console.log(JSON.stringify({ ms: median(times) }));
