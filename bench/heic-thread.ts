import { readFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import decode from 'heic-decode';
import { BUNDLED } from './bundled-model.ts';
import { resizeWhole } from './sharp-alone.ts';

// A thread that decodes HEIC files; see limit-heic.

async function answer(file: string): Promise<void> {
  const { data, width, height } = await decode({ buffer: readFileSync(file) });
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  await resizeWhole(bytes, { width, height, channels: 4 }, BUNDLED.input);
  parentPort?.postMessage('done');
}

parentPort?.on('message', (file: string) => {
  void answer(file);
});
