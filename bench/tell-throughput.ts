import type { Insertion } from './insertion.ts';
import type { Limit } from './measure-limit.ts';
import type { ProgramRun } from './program-rate.ts';
import { describeSpread } from './spread.ts';
import type { ThroughputRound } from './throughput-round.ts';

interface NamedRound extends ThroughputRound {
  readonly set: string;
  readonly pictures: number;
  readonly round: number;
}

/** Width of a column. */
const WIDTH = 12;

/** Rates are pictures a second, of all the cores; shares and ratios are of the same round. */
const COLUMNS: Readonly<Record<string, (round: NamedRound) => string>> = {
  round: ({ round }) => String(round),
  decode: ({ limit }) => rate(limit.decodeRate),
  inference: ({ limit }) => rate(limit.inferenceRate),
  'by CPU': ({ limit }) => rate(limit.byCpu),
  together: ({ limit }) => rate(limit.together),
  empty: ({ empty }) => rate(empty.rate),
  'of by CPU': ({ empty, limit }) => share(empty.rate / limit.byCpu),
  'of together': ({ empty, limit }) => share(empty.rate / limit.together),
  '100k': ({ large }) => rate(large.rate),
  peer: ({ peer }) => (peer === null ? 'cannot' : rate(peer)),
  'over peer': ({ empty, peer }) => (peer === null ? '-' : times(empty.rate / peer)),
};

/** Prints a round: as a JSON line, or as a row, under a header before the first. */
export function tellRound(round: NamedRound, isJson: boolean): void {
  if (isJson) {
    console.log(JSON.stringify(round));
    return;
  }
  const row = (cells: readonly string[]) => cells.map((cell) => cell.padStart(WIDTH)).join('');
  if (round.round === 1) {
    console.log(row(Object.keys(COLUMNS)));
  }
  console.log(row(Object.values(COLUMNS).map((show) => show(round))));
}

/** Says medians and ranges of all rounds of a set. */
export function tellRounds(rounds: readonly ThroughputRound[], say: (line: string) => void): void {
  const over = (title: string, value: (round: ThroughputRound) => number, show: (n: number) => string) =>
    say(`  ${title.padEnd(46)} ${describeSpread(rounds.map(value), show)}`);
  const program = (title: string, run: (round: ThroughputRound) => ProgramRun) => {
    over(`program, ${title}, whole process`, (round) => run(round).rate, perSecond);
    over('  of both together', (round) => run(round).rate / round.limit.together, share);
    over('  its run alone, of both together', (round) => run(round).runRate / round.limit.together, share);
    over('  of each alone, by CPU', (round) => run(round).rate / round.limit.byCpu, share);
    over('  outside its run: start, opening, end', (round) => run(round).outsideSeconds, seconds);
    if (rounds.every((round) => run(round).cpu !== null)) {
      over('  CPU of a picture', (round) => run(round).cpu ?? Number.NaN, milliseconds);
      over('  libraries alone, of that CPU', (round) => cpuOf(round.limit) / (run(round).cpu ?? 0), share);
    }
  };
  say(`median (least to most) of ${rounds.length} rounds:`);
  over('limit: libraries together', ({ limit }) => limit.together, perSecond);
  over('  CPU of a picture', ({ limit }) => limit.togetherCpu, milliseconds);
  over('libraries each alone, by CPU', ({ limit }) => limit.byCpu, perSecond);
  over('  decoding, CPU of a picture', ({ limit }) => limit.decodeCpu, milliseconds);
  over('  inference, CPU of a picture', ({ limit }) => limit.inferenceCpu, milliseconds);
  program('empty library', ({ empty }) => empty);
  program('100,000 pictures', ({ large }) => large);
  for (const [nth, { space }] of (rounds[0]?.insertions ?? []).entries()) {
    const alone = (title: string, value: (insertion: Insertion) => number) =>
      over(
        `  index of "${space}" alone: ${title}`,
        ({ insertions }) => value(insertions[nth] as Insertion),
        seconds,
      );
    alone('opening', ({ openSeconds }) => openSeconds);
    alone('inserting so many vectors', ({ insertSeconds }) => insertSeconds);
    alone('saving if due', ({ saveSeconds }) => saveSeconds);
  }
  if (rounds.some(({ peer }) => peer === null)) {
    say('  transformers.js cannot read these: its sharp decodes no HEIC');
    return;
  }
  over('transformers.js, without its start', ({ peer }) => peer ?? Number.NaN, perSecond);
  over('  program, empty library, over it', ({ empty, peer }) => empty.rate / (peer ?? Number.NaN), times);
  over('  program, 100,000 pictures, over it', ({ large, peer }) => large.rate / (peer ?? Number.NaN), times);
}

function cpuOf({ decodeCpu, inferenceCpu }: Limit): number {
  return decodeCpu + inferenceCpu;
}

function rate(perSecond: number): string {
  return perSecond.toPrecision(3);
}

function perSecond(n: number): string {
  return `${rate(n)}/s`;
}

function seconds(n: number): string {
  return `${n.toFixed(2)} s`;
}

function milliseconds(seconds: number): string {
  return `${(1_000 * seconds).toFixed(1)} ms`;
}

function times(n: number): string {
  return `${n.toFixed(2)} x`;
}

function share(n: number): string {
  return `${(100 * n).toFixed(0)} %`;
}
