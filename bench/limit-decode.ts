import { availableParallelism } from 'node:os';
import { BUNDLED } from './bundled-model.ts';
import { readList } from './real-photos.ts';
import { decodeShrunk } from './sharp-alone.ts';
import { type TimedPass, timedPass } from './timed-pass.ts';

// Decoding with sharp alone, no code of ours around it: passes over the files listed in a file, with several numbers
// of them in flight, as JSON. argv: list.

const files = readList(process.argv[2] ?? '');
const cores = availableParallelism();
const decode = (file: string) => decodeShrunk(file, /\.jpe?g$/i.test(file), BUNDLED.input);

await timedPass(files.slice(0, 2 * cores), cores, decode);
const passes: TimedPass[] = [];
for (const inFlight of [cores, 2 * cores, 4 * cores]) {
  passes.push(await timedPass(files, inFlight, decode));
}
console.log(JSON.stringify(passes));
