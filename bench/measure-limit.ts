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
  /**
   * Cores over the CPU seconds of both: as if nobody ever waited, no other process were there, and neither cost the
   * other anything.
   */
  readonly byCpu: number;
  /** Both side by side over all cores, by the clock: what a program made of the libraries alone reaches. */
  readonly together: number;
  /** CPU seconds of a picture so. */
  readonly togetherCpu: number;
}

/**
 * Decodes with sharp alone (HEIC: heic-decode) and infers with ONNX Runtime alone, in a process each; then both side by
 * side, in a third.
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
  const alone = { decodeRate, inferenceRate, inFlight, decodeCpu, inferenceCpu, byCpu };
  if (format === 'heic') {
    // The decoder blocks the thread that infers: nothing runs side by side.
    const together = 1 / (1 / decodeRate + 1 / inferenceRate);
    return { ...alone, together, togetherCpu: decodeCpu + inferenceCpu };
  }
  const both = best(
    runAlone<TimedPass[]>('./limit-together.js', [list], {
      ...DECODING_THREADS,
      ORT_DISABLE_TELEMETRY: '1',
    }),
  );
  return { ...alone, together: both.rate, togetherCpu: both.cpu };
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
