import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { Embedding } from '../../domain/embedding.ts';
import { EideticError } from '../../domain/errors.ts';
import type { PictureFilter } from '../../domain/filter.ts';
import { LEAST_SIMILARITY, MIN_SIMILARITY_RULE } from '../../domain/least-similarity.ts';
import type { PictureId } from '../../domain/picture.ts';
import { SIMILAR, type SpaceId, vectorIn } from '../../domain/space.ts';
import {
  type DescribedFile,
  describeFile,
  describeStream,
  embeddingOf,
} from '../../engine/describe-picture.ts';
import { knownRelations, type SearchedPicture } from '../../engine/known-relations.ts';
import type { Library } from '../../engine/library.ts';
import { type LibrarySpace, meaningOf } from '../../engine/library-spaces.ts';
import { namedPlace } from '../../engine/named-place.ts';
import type { MatchRelation } from '../../engine/picture-match.ts';
import { searchLibrary } from '../../engine/search-library.ts';
import type { Hit } from '../../search/search-similar.ts';
import { absentAmong } from '../absent-among.ts';
import { meaningOfHits } from '../describe-meaning.ts';
import { addLimitOptions, say, withLibrary } from '../global-options.ts';
import { parsePath, parsePositive, parseSimilarity } from '../parse-option.ts';
import { printJson, printJsonLine, printLines, printPieces } from '../print.ts';
import { hitLines, hitToJson, pathsOfHits } from '../print-hits.ts';

interface SearchFlags {
  readonly id?: number;
  readonly space: SpaceId;
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
    .option('--id <n>', 'a picture of the library instead; it is not among its own hits', parsePositive)
    .option(
      '--space <name>',
      'compare what pictures show (similar), or which photograph they are (copy)',
      SIMILAR,
    )
    .option('--limit <n>', 'most pictures to show', parsePositive, 10)
    .option(
      '--min-similarity <s>',
      `least similarity: ${MIN_SIMILARITY_RULE}`,
      parseSimilarity,
      LEAST_SIMILARITY,
    )
    .option('--path <folder or file>', 'only pictures with a file there or below', parsePath)
    .option('--path-contains <text>', 'only pictures with a file whose path contains this')
    .addOption(
      new Option('--json', 'print {query, space, bounds, hits} as JSON').conflicts(['jsonl', 'null']),
    )
    .addOption(new Option('--jsonl', 'print one hit as JSON a line').conflicts('null'))
    .option('-0, --null', 'print only paths, each ended by a NUL byte')
    .addHelpText(
      'after',
      `
Examples:
  eidetic search holiday.jpg
  eidetic search --id 42 --limit 50 --min-similarity 0.8
  eidetic search cropped.jpg --space copy
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
        const searched = library.spaces.named(flags.space);
        const { query, asked } = await embedAsked(library, searched, picture, flags.id);
        const filter = await pathFilter(library, flags);
        const { limit, minSimilarity } = flags;
        const without = flags.id === undefined ? [] : [flags.id];
        const hits = await searchLibrary(library, searched, query, { limit, minSimilarity, filter, without });
        const pictures = hits.map((hit) => hit.picture);
        await print(searched, hits, await knownRelations(library, asked, pictures), picture, flags);
        if (hits.length === 0) {
          await sayIfNothingIsThere(library, filter);
        }
      });
    });
}

async function print(
  searched: LibrarySpace,
  hits: readonly Hit[],
  relations: ReadonlyMap<PictureId, MatchRelation>,
  picture: string | undefined,
  flags: SearchFlags,
): Promise<void> {
  const meaning = meaningOf(searched);
  const absent = await absentAmong(pathsOfHits(hits));
  const toJson = (hit: Hit) => hitToJson(hit, absent, relations.get(hit.picture.id));
  if (flags.json) {
    const name = picture === '-' ? { stdin: true } : { file: picture && resolve(picture), id: flags.id };
    await printJson({ query: name, ...meaning, hits: hits.map(toJson) });
  } else if (flags.jsonl) {
    for (const hit of hits) {
      await printJsonLine(toJson(hit));
    }
  } else if (flags.null) {
    await printPieces(pathsOfHits(hits).map((path) => `${path}\0`));
  } else {
    await printLines(
      hits.length === 0
        ? ['Nothing found.']
        : [...hitLines(hits, absent, relations), ...meaningOfHits(meaning, hits)],
    );
  }
}

/** A path that was mistyped leaves nothing to be found, whatever the picture. */
async function sayIfNothingIsThere({ catalog }: Library, { pathPrefix }: PictureFilter): Promise<void> {
  if (pathPrefix !== undefined && (await catalog.pictures.matching({ pathPrefix }, 1)).length === 0) {
    say(`No picture of the library lies at or below ${pathPrefix}; "eidetic stats" lists its folders.`);
  }
}

/** What is searched for: its vector, and what is known of the picture. */
async function embedAsked(
  library: Library,
  { space }: LibrarySpace,
  picture: string | undefined,
  id: PictureId | undefined,
): Promise<{ readonly query: Embedding; readonly asked: SearchedPicture }> {
  if (id !== undefined) {
    return { query: await embeddingOf(library, space, id), asked: { id } };
  }
  const described =
    picture === '-' ? await describeStdin(library) : await describeFile(library, resolve(picture ?? ''));
  const { contentHash, facts } = described;
  return {
    query: vectorIn(space, described),
    asked: { contentHash, imageDataHash: facts.imageDataHash },
  };
}

async function describeStdin(library: Library): Promise<DescribedFile> {
  if (process.stdin.isTTY) {
    throw new EideticError(
      'INVALID_INPUT',
      'Found a terminal on stdin, expected a picture; redirect one, as in "eidetic search - < photo.jpg".',
    );
  }
  return describeStream(library, process.stdin, 'stdin');
}

async function pathFilter(library: Library, { path, pathContains }: SearchFlags): Promise<PictureFilter> {
  return {
    ...(path === undefined ? {} : { pathPrefix: await namedPlace(library, path) }),
    ...(pathContains === undefined ? {} : { pathContains }),
  };
}
