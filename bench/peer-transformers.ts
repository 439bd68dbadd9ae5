import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, pipeline } from '@huggingface/transformers';
import { findModel } from '../src/embedding/model-store.ts';
import { readList } from './real-photos.ts';

// The same pictures through transformers.js image-feature-extraction with the same ONNX file; prints the seconds
// from the first picture to the last, model loading left out.

const files = readList(process.argv[2] ?? '');
const { manifest, folder } = await findModel(null, '');
const root = mkdtempSync(join(tmpdir(), 'eidetic-peer-'));
const model = join(root, 'bundled');
mkdirSync(join(model, 'onnx'), { recursive: true });
cpSync(join(folder, manifest.file), join(model, 'onnx', 'model.onnx'));
const { height, width, mean, std } = manifest.input;
writeFileSync(join(model, 'config.json'), JSON.stringify({ model_type: 'vit' }));
writeFileSync(
  join(model, 'preprocessor_config.json'),
  JSON.stringify({
    image_processor_type: 'ViTFeatureExtractor',
    do_resize: true,
    size: { height, width },
    resample: 3,
    do_rescale: true,
    do_normalize: true,
    image_mean: mean,
    image_std: std,
  }),
);
env.allowRemoteModels = false;
env.localModelPath = `${root}/`;
const extract = await pipeline('image-feature-extraction', 'bundled', { dtype: 'fp32', device: 'cpu' });
const startedAt = performance.now();
for (const file of files) {
  const tokens = await extract(file);
  if (tokens.dims.at(-1) !== manifest.dimensions) {
    throw new Error(`the peer gave ${tokens.dims}`);
  }
}
console.log(JSON.stringify({ seconds: (performance.now() - startedAt) / 1_000 }));
rmSync(root, { recursive: true });
