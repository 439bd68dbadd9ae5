import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openModelFolder } from '../src/embedding/model-folder.ts';
import type { BenchOptions } from './bench-options.ts';
import { BUNDLED_FOLDER } from './bundled-model.ts';
import type { Insertion } from './insertion.ts';
import { copyLibrary, largeLibrary } from './large-library.ts';
import { pictureSet } from './picture-sets.ts';
import { measureProgram, type ProgramRun } from './program-rate.ts';
import { runAlone } from './run-alone.ts';
import { describeSpread } from './spread.ts';

const FORWARD_PASSES = 200;

/** What one round measured of one model. */
interface ModelRound {
  readonly forwardMs: number;
  readonly program: ProgramRun;
  readonly insertions: readonly Insertion[];
}

/**
 * What an index run costs with the bundled model and with others, over the same files, in turns; a forward pass alone,
 * and the indexes of the spaces alone.
 */
export async function benchCompareModels({ folders, pictures, rounds, say }: BenchOptions): Promise<void> {
  const set = await pictureSet('small', say);
  if (set === null || folders.length === 0) {
    say('\nSKIPPED models: name folders of models to compare the bundled one with.');
    return;
  }
  const models = [...folders, BUNDLED_FOLDER];
  const large = new Map<string, string>();
  for (const model of models) {
    large.set(model, await largeLibrary(say, model));
  }
  const files = set.files.slice(0, pictures);
  say(`\nModels: ${files.length} pictures; ${set.title}; ${rounds} rounds; median (least to most)`);
  const done = new Map<string, ModelRound[]>(models.map((model) => [model, []]));
  for (let round = 0; round < rounds; round++) {
    // Each begins as often, so that what a round leaves behind favors none.
    for (const model of round % 2 === 0 ? models : models.toReversed()) {
      done.get(model)?.push(measureModel(model, files, large.get(model) ?? ''));
    }
  }
  for (const [model, of] of done) {
    say((await openModelFolder(model)).manifest.id);
    tell(of, files.length, say);
  }
}

function measureModel(model: string, files: readonly string[], large: string): ModelRound {
  const folder = mkdtempSync(join(tmpdir(), 'eidetic-bench-'));
  try {
    const list = join(folder, 'list');
    writeFileSync(list, files.join('\n'));
    const { ms } = runAlone<{ ms: number }>('./forward-alone.js', [model, String(FORWARD_PASSES)], {
      ORT_DISABLE_TELEMETRY: '1',
    });
    const listed = { list, pictures: files.length, format: 'jpg' } as const;
    const program = measureProgram(listed, join(folder, 'empty'), model);
    copyLibrary(large, join(folder, 'inserting'));
    const insertions = runAlone<Insertion[]>('./insert-alone.js', [
      ...[join(folder, 'inserting'), String(files.length)],
      model,
    ]);
    return { forwardMs: ms, program, insertions };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function tell(rounds: readonly ModelRound[], pictures: number, say: (line: string) => void): void {
  const over = (title: string, value: (round: ModelRound) => number, unit: string) =>
    say(`  ${title.padEnd(44)} ${describeSpread(rounds.map(value), (n) => n.toPrecision(3))} ${unit}`);
  over('forward pass alone, one thread', ({ forwardMs }) => forwardMs, 'ms');
  over('program, whole process', ({ program }) => program.rate, 'pictures/s');
  over('  CPU of a picture', ({ program }) => 1_000 * (program.cpu ?? Number.NaN), 'ms');
  for (const [nth, { space }] of (rounds[0]?.insertions ?? []).entries()) {
    over(
      `index of "${space}" with 100,000: insertion alone`,
      ({ insertions }) => (1_000 * (insertions[nth]?.insertSeconds ?? Number.NaN)) / pictures,
      'ms a picture',
    );
  }
}
