import { resolve } from 'node:path';
import { Command } from 'commander';
import { pinoLogger } from '../../api/pino-logger.ts';
import { resolveServeSettings } from '../../api/serve-settings.ts';
import { resolveConfig } from '../../config.ts';
import { EideticError } from '../../domain/errors.ts';
import { Engine, type IndexCommand } from '../../engine/engine.ts';
import { drawSample } from '../../sample/draw-sample.ts';
import { hitTable, shorten } from '../print-hits.ts';
import { ProgressLine } from '../progress-line.ts';
import { describeSummary, runIndex } from '../run-index.ts';
import { runServer } from '../run-server.ts';
import { stderrLogger } from '../stderr-logger.ts';

const SAMPLE = 'data/sample';
const SAMPLE_LIBRARY = 'data/sample-library';
const HITS = 5;

/** A folder to index, where its library goes, and the picture to search with (null: one of the library). */
interface Start {
  readonly folder: string;
  readonly library: string | null;
  readonly query: string | null;
}

export function startCommand(): Command {
  return new Command('start')
    .description('a first look: index a folder (or a drawn sample), search it, and open the server on it')
    .argument('[folder]', 'your pictures; none: a sample collection is drawn')
    .action(async (folder: string | undefined) => {
      const start = folder === undefined ? await drawnSample() : { folder, library: null, query: null };
      const config = resolveConfig(start.library === null ? {} : { library: start.library }, process.env);
      const engine = await Engine.open(config, stderrLogger(false), { mayCreate: true });
      try {
        const isWhole = await firstLook(engine, start);
        if (isWhole) {
          await openServer(engine);
        }
      } finally {
        await engine.close();
      }
    });
}

async function drawnSample(): Promise<Start> {
  const line = new ProgressLine(process.stderr);
  const truth = await drawSample(SAMPLE, {
    onProgress: (done, total) => line.update({ label: 'Drawing the sample', done, total, failed: 0 }),
  });
  line.clear();
  const copy = truth.copies.find(({ edit }) => edit.includes('mirror')) ?? truth.copies[0];
  const picture = copy?.copy ?? truth.pictures[0] ?? '';
  return { folder: `${SAMPLE}/pictures`, library: SAMPLE_LIBRARY, query: `${SAMPLE}/pictures/${picture}` };
}

/** Opens the server on the usual port, or on a free one when that is taken, until Ctrl-C. */
async function openServer(engine: Engine): Promise<void> {
  const logger = pinoLogger('warn');
  const serve = (port?: string) =>
    runServer(engine, resolveServeSettings({ port }, process.env), logger, false);
  process.stdout.write('\n');
  await serve().catch((error: unknown) => {
    const isTaken =
      error instanceof EideticError && (error.cause as NodeJS.ErrnoException)?.code === 'EADDRINUSE';
    return isTaken ? serve('0') : Promise.reject(error);
  });
}

const DEFAULT_SCAN: IndexCommand['scan'] = { exclude: [], includeHidden: false, followSymlinks: false };

/** @returns false when it was interrupted or found no picture */
async function firstLook(engine: Engine, { folder, library, query }: Start): Promise<boolean> {
  const write = (text: string) => process.stdout.write(`${text}\n`);
  const command = { roots: [folder], listed: [], scan: DEFAULT_SCAN, force: false, allowEmpty: false };
  const summary = await runIndex(engine, command);
  write(`\nIndexed ${folder} into ${shorten(engine.config.library)}`);
  write(describeSummary(summary).join('\n'));

  const picture = query ?? (await anyPicture(engine));
  if (picture === null || summary.interrupted) {
    return false;
  }
  const { descriptor } = await engine.describeFile(resolve(picture));
  const hits = await engine.search(descriptor.cls, { limit: HITS, minSimilarity: -1, filter: {} });
  write(`\nMost similar to ${shorten(picture)}:`);
  write(hitTable(hits));

  const options = library === null ? '' : ` --library ${library}`;
  write('\nWhat to do next:');
  write(`  npx eidetic search ${quote(shorten(picture))}${options}`);
  write(`  npx eidetic duplicates --min-similarity 0.95${options}`);
  write('  npm start -- ~/Pictures');
  write('  npx eidetic --help');
  return true;
}

async function anyPicture(engine: Engine): Promise<string | null> {
  const ids = await engine.catalog.matching({}, 1_000);
  const [picture] = await engine.catalog.pictures(ids.slice(Math.floor(ids.length / 2)).slice(0, 1));
  return picture?.files[0] ?? null;
}

/** For pasting into a shell. */
function quote(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
