import { availableParallelism } from 'node:os';
import { DECODING_THREADS, runAlone } from './run-alone.ts';
import type { TimedPass } from './timed-pass.ts';
import type { MadeFormat } from './write-picture.ts';

/** Forward passes of each session: three seconds or so. */
const FORWARD_PASSES = 200;

/** What the libraries alone can do on this machine in these minutes. Rates in pictures a second. */
export interface Limit {
  /** Decoding alone on all cores, by the clock; inference likewise. */
  readonly decodeRate: number;
  readonly inferenceRate: number;
  /** Pictures in flight of the best decoding rate. */
  readonly inFlight: number;
  /** CPU seconds of a picture. */
  readonly decodeCpu: number;
  readonly inferenceCpu: number;
  /** Cores over the CPU seconds of both: as if nobody ever waited, and no other process were there. */
  readonly byCpu: number;
  /** One after the other on all cores, by the clock. */
  readonly byClock: number;
  /** The higher of the two, which is the stricter for the program. */
  readonly rate: number;
  readonly stricter: 'CPU' | 'clock';
}

/**
 * Decodes with sharp alone (HEIC: heic-decode) and infers with ONNX Runtime alone, in a process each.
 * @param list file with the paths of the pictures
 */
export function measureLimit(list: string, format: MadeFormat): Limit {
  const script = format === 'heic' ? './limit-heic.js' : './limit-decode.js';
  const decoding = runAlone<TimedPass[]>(script, [list], DECODING_THREADS);
  const inference = runAlone<TimedPass[]>('./limit-inference.js', [String(FORWARD_PASSES)], {
    ORT_DISABLE_TELEMETRY: '1',
  });
  const { rate: decodeRate, inFlight, cpu: decodeCpu } = best(decoding);
  const { rate: inferenceRate, cpu: inferenceCpu } = best(inference);
  const byCpu = availableParallelism() / (decodeCpu + inferenceCpu);
  const byClock = 1 / (1 / decodeRate + 1 / inferenceRate);
  return {
    ...{ decodeRate, inferenceRate, inFlight, decodeCpu, inferenceCpu, byCpu, byClock },
    rate: Math.max(byCpu, byClock),
    stricter: byCpu > byClock ? 'CPU' : 'clock',
  };
}

/** The highest rate, and the fewest CPU seconds, of whichever pass. */
function best(passes: readonly TimedPass[]): { rate: number; inFlight: number; cpu: number } {
  const [fastest] = [...passes].sort((a, b) => b.pictures / b.seconds - a.pictures / a.seconds);
  if (fastest === undefined) {
    throw new Error('Found no pass, expected one or more.');
  }
  return {
    rate: fastest.pictures / fastest.seconds,
    inFlight: fastest.inFlight,
    cpu: Math.min(...passes.map(({ cpuSeconds, pictures }) => cpuSeconds / pictures)),
  };
}
