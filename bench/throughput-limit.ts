import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Readable } from 'node:stream';
import { DEFAULT_PICTURE_LIMITS } from '../src/domain/picture-limits.ts';
import { findModel } from '../src/embedding/model-store.ts';
import { openOnnxSession } from '../src/embedding/onnx-session.ts';
import { preparePicture } from '../src/imaging/prepare-picture.ts';
import { asCompleted } from '../src/indexer/as-completed.ts';
import { readList } from './picture-list.ts';

// Prints the CPU seconds of decoding alone and of inference alone, over the files listed in a file.

const files = readList(process.argv[2] ?? '');
const model = await findModel(null, '');
const recipe = model.manifest.input;
const cores = availableParallelism();

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

const prepare = async (file: string) =>
  preparePicture(new Uint8Array(readFileSync(file)), [recipe], DEFAULT_PICTURE_LIMITS);
await prepare(files[0] ?? '');
const beforeDecode = cpuSeconds();
let input: Float32Array = new Float32Array();
for await (const prepared of asCompleted(Readable.from(files), prepare, cores)) {
  input = prepared.inputs[0] ?? input;
}
const decodeSeconds = cpuSeconds() - beforeDecode;

const session = await openOnnxSession(model.folder, model.manifest, 1);
await session.embed([input]);
const beforeInference = cpuSeconds();
for (const _ of files) {
  await session.embed([input]);
}
const inferenceSeconds = cpuSeconds() - beforeInference;
console.log(JSON.stringify({ decodeSeconds, inferenceSeconds }));
