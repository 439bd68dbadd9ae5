import { benchIndex } from './index-speed.ts';
import { describeMachine } from './machine.ts';
import { benchSlowStorage } from './slow-storage.ts';
import { benchThroughput } from './throughput.ts';

// npm run bench [-- index|throughput|slow-storage]; EIDETIC_PHOTOS names a folder of photos, else the drawn sample is used.

const BENCHES: Readonly<Record<string, () => void | Promise<void>>> = {
  throughput: benchThroughput,
  index: benchIndex,
  'slow-storage': benchSlowStorage,
};

// Some of them load ONNX Runtime on their own.
process.env['ORT_DISABLE_TELEMETRY'] = '1';

const [wanted] = process.argv.slice(2);
console.log(describeMachine());
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted === undefined || wanted === name) {
    await bench();
  }
}
