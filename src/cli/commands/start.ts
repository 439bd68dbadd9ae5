import { resolve } from 'node:path';
import { Command } from 'commander';
import { pinoLogger } from '../../api/pino-logger.ts';
import { resolveServeSettings } from '../../api/serve-settings.ts';
import { EideticError } from '../../domain/errors.ts';
import { vectorIn } from '../../domain/space.ts';
import { describeFile } from '../../engine/describe-picture.ts';
import { PLAIN_RUN } from '../../engine/index-library.ts';
import type { Library } from '../../engine/library.ts';
import { boundsOf, meaningOf } from '../../engine/library-spaces.ts';
import { openLibrary } from '../../engine/open-library.ts';
import { searchLibrary } from '../../engine/search-library.ts';
import { drawSample } from '../../sample/draw-sample.ts';
import { absentAmong } from '../absent-among.ts';
import { meaningOfHits } from '../describe-meaning.ts';
import { describeSummary } from '../describe-summary.ts';
import { configOf, say } from '../global-options.ts';
import { mayCreate } from '../may-create.ts';
import { printLines } from '../print.ts';
import { hitLines, pathsOfHits, shorten } from '../print-hits.ts';
import { ProgressLine } from '../progress-line.ts';
import { runIndex, runReindex } from '../run-index.ts';
import { runServer } from '../run-server.ts';
import { stderrLogger } from '../stderr-logger.ts';

const SAMPLE = 'data/sample';
const SAMPLE_LIBRARY = 'data/sample-library';
const HITS = 5;
/** Tried first where nobody measured from where on pictures are the same photograph. */
const LEAST_OF_COPIES = 0.95;

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
    .action(async (folder: string | undefined, _flags: unknown, command: Command) => {
      if (folder === undefined && command.optsWithGlobals()['library'] !== undefined) {
        throw new EideticError(
          'INVALID_INPUT',
          `Found --library without a folder of pictures; the sample has a library of its own, ${SAMPLE_LIBRARY}. Name the folder, or leave --library out.`,
        );
      }
      const start = folder === undefined ? await drawnSample() : { folder, library: null, query: null };
      const config = configOf(command, start.library ?? undefined);
      const library = await openLibrary(config, stderrLogger(false), {
        mayCreate: start.library !== null || (await mayCreate(config, [start.folder])),
        mayAddModel: start.library !== null,
        isServing: true,
        say,
      });
      try {
        const isWhole = await firstLook(library, start);
        if (isWhole) {
          await openServer(library);
        }
      } finally {
        await library.close();
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
async function openServer(library: Library): Promise<void> {
  const logger = pinoLogger('warn');
  const serve = (port?: string) =>
    runServer(library, resolveServeSettings({ port }, process.env), logger, false);
  await printLines(['']);
  await serve().catch((error: unknown) => {
    const isTaken =
      error instanceof EideticError && (error.cause as NodeJS.ErrnoException)?.code === 'EADDRINUSE';
    return isTaken ? serve('0') : Promise.reject(error);
  });
}

/** @returns false when it was interrupted or found no picture */
async function firstLook(library: Library, start: Start): Promise<boolean> {
  const { folder, query } = start;
  if (start.library !== null && !(await renewSample(library))) {
    return false;
  }
  const summary = await runIndex(library, { ...PLAIN_RUN, roots: [folder] });
  await printLines([
    '',
    `Indexed ${folder} into ${shorten(library.config.library)}`,
    ...describeSummary(summary),
  ]);

  const picture = query ?? (await anyPicture(library));
  if (picture === null || summary.interrupted) {
    return false;
  }
  const { similar } = library.spaces;
  const embedding = vectorIn(similar.space, await describeFile(library, resolve(picture)));
  const hits = await searchLibrary(library, similar, embedding, {
    limit: HITS,
    minSimilarity: -1,
    filter: {},
  });
  const absent = await absentAmong(pathsOfHits(hits));
  await printLines([
    '',
    `Most similar to ${shorten(picture)}:`,
    ...hitLines(hits, absent),
    ...meaningOfHits(meaningOf(similar), hits),
  ]);

  const least = boundsOf(library.spaces.forCopies)?.likely ?? LEAST_OF_COPIES;
  const options = start.library === null ? '' : ` --library ${start.library}`;
  await printLines([
    '',
    'What to do next:',
    `  npx eidetic search ${quote(shorten(picture))}${options}`,
    `  npx eidetic duplicates --min-similarity ${least}${options}`,
    '  npm start -- ~/Pictures',
    '  npx eidetic --help',
  ]);
  return true;
}

/**
 * Embeds the sample's library again when an older version or another model has; that is a matter of seconds. A person's
 * own may be large, and indexing it says what to do.
 * @returns false when it was interrupted
 */
async function renewSample(library: Library): Promise<boolean> {
  const { summary } = await runReindex(library, false);
  if (summary?.interrupted) {
    return false;
  }
  if (summary !== null) {
    say('Embedded the sample again: an older version or another model had done so before.');
  }
  return true;
}

async function anyPicture({ catalog }: Library): Promise<string | null> {
  const ids = await catalog.pictures.matching({}, 1_000);
  const [picture] = await catalog.pictures.pictures(ids.slice(Math.floor(ids.length / 2)).slice(0, 1));
  return picture?.files[0]?.path ?? null;
}

/** For pasting into a shell. */
function quote(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
