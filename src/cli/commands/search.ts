import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import type { Embedding } from '../../domain/embedding.ts';
import { EideticError } from '../../domain/errors.ts';
import type { PictureFilter } from '../../domain/filter.ts';
import { vectorIn } from '../../domain/space.ts';
import { describeFile, embeddingOf } from '../../engine/describe-picture.ts';
import type { Library } from '../../engine/library.ts';
import { namedPlace } from '../../engine/named-place.ts';
import { searchLibrary } from '../../engine/search-library.ts';
import type { Hit } from '../../search/search-similar.ts';
import { addLimitOptions, parseSimilarity, parseWholeNumber, withLibrary } from '../global-options.ts';
import { printJson, printJsonLine } from '../print.ts';
import { hitTable, hitToJson } from '../print-hits.ts';

interface SearchFlags {
  readonly id?: number;
  readonly limit: number;
  readonly minSimilarity: number;
  readonly path?: string;
  readonly pathContains?: string;
  readonly json?: boolean;
  readonly jsonl?: boolean;
  readonly null?: boolean;
}

export function searchCommand(): Command {
  return addLimitOptions(new Command('search'))
    .description('the pictures of the library that look most like a given one')
    .argument('[picture]', 'a picture file, in the library or not; - reads it from stdin')
    .option('--id <n>', 'a picture of the library instead', parseWholeNumber)
    .option('--limit <n>', 'most pictures to show', parseWholeNumber, 10)
    .option('--min-similarity <s>', 'least similarity, -1 to 1', parseSimilarity, -1)
    .option('--path <folder or file>', 'only pictures with a file there or below')
    .option('--path-contains <text>', 'only pictures with a file whose path contains this')
    .option('--json', 'print {query, hits} as JSON')
    .option('--jsonl', 'print one hit as JSON a line')
    .option('-0, --null', 'print only paths, each ended by a NUL byte')
    .addHelpText(
      'after',
      `
Examples:
  eidetic search holiday.jpg
  eidetic search --id 42 --limit 50 --min-similarity 0.8
  curl -s https://example.org/a.jpg | eidetic search - --json
  eidetic search holiday.jpg --path ~/Pictures/2024 -0 | xargs -0 open`,
    )
    .action(async (picture: string | undefined, flags: SearchFlags, command: Command) => {
      if ((picture === undefined) === (flags.id === undefined)) {
        throw new EideticError(
          'INVALID_INPUT',
          'Name exactly one query: a picture file, - for stdin, or --id.',
        );
      }
      await withLibrary(command, async (library) => {
        const query = await queryEmbedding(library, picture, flags.id);
        const hits = await searchLibrary(library, query, {
          limit: flags.limit,
          minSimilarity: flags.minSimilarity,
          filter: await pathFilter(library, flags),
        });
        print(hits, picture, flags);
      });
    });
}

function print(hits: readonly Hit[], picture: string | undefined, flags: SearchFlags): void {
  if (flags.json) {
    const name = picture === '-' ? { stdin: true } : { file: picture && resolve(picture), id: flags.id };
    printJson({ query: name, hits: hits.map(hitToJson) });
  } else if (flags.jsonl) {
    hits.map(hitToJson).forEach(printJsonLine);
  } else if (flags.null) {
    process.stdout.write(hits.flatMap((hit) => hit.picture.files.map(({ path }) => `${path}\0`)).join(''));
  } else {
    process.stdout.write(hits.length === 0 ? 'Nothing found.\n' : `${hitTable(hits)}\n`);
  }
}

async function queryEmbedding(
  library: Library,
  picture: string | undefined,
  id: number | undefined,
): Promise<Embedding> {
  if (id !== undefined) {
    return embeddingOf(library, id);
  }
  const described =
    picture === '-'
      ? await library.embedder().describe(readFileSync(0))
      : await describeFile(library, resolve(picture ?? ''));
  return vectorIn(library.space, described);
}

async function pathFilter(library: Library, { path, pathContains }: SearchFlags): Promise<PictureFilter> {
  return {
    ...(path === undefined ? {} : { pathPrefix: await namedPlace(library, path) }),
    ...(pathContains === undefined ? {} : { pathContains }),
  };
}
