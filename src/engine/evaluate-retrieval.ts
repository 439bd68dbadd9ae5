import { sep } from 'node:path';
import type { Config } from '../config/config.ts';
import type { Embedding } from '../domain/embedding.ts';
import { EideticError } from '../domain/errors.ts';
import { pathBelow } from '../domain/is-below.ts';
import type { Contender } from '../evaluation/contender.ts';
import { databaseOf, type GroundTruth, namesIn, type TruthQuery } from '../evaluation/ground-truth.ts';
import { judgeRetrieval, type QueryAnswers } from '../evaluation/judge-retrieval.ts';
import { rankBank } from '../evaluation/rank-bank.ts';
import {
  type QueryScores,
  type RetrievalFigures,
  retrievalFigures,
} from '../evaluation/retrieval-figures.ts';
import { outermostFolders } from '../indexer/outermost-folders.ts';
import { afterEachQuery } from './after-each-query.ts';
import type { EvaluationProgress, EvaluationSettings } from './evaluate-labels.ts';
import { filesOf, type LookedFolders, lookAtFolders, vectorsOf } from './look-at-folders.ts';
import { type AskedQuery, lookAtQueries } from './look-at-queries.ts';
import { PictureLooks } from './picture-looks.ts';

/** A folder of pictures, and what is to be found in it. */
export interface RetrievalRequest extends EvaluationSettings {
  readonly folder: string;
  readonly truth: GroundTruth;
}

/** How well each contender finds what the ground truth says. */
export interface RetrievalEvaluation {
  /** Its failures are also of boxes that could not be looked at. */
  readonly looked: LookedFolders;
  /** Pictures that are searched. */
  readonly database: number;
  /** Pictures to look for in the ground truth. */
  readonly queries: number;
  /** Those that could be read. */
  readonly answered: number;
  /** Right pictures that could not be read: nobody can find them, and they count. */
  readonly unreadAnswers: number;
  readonly contenders: ReadonlyArray<{
    readonly contender: Contender;
    readonly figures: RetrievalFigures;
    readonly byQuery: ReadonlyArray<{ readonly image: string } & QueryScores>;
  }>;
}

/** Of the bootstrap alone: nothing else is drawn. */
const SEED = '1/retrieval';

/**
 * Evaluates models as the revisited Oxford and Paris benchmarks do; see judgeRetrieval. Queries with a box are cut out
 * before they are described; one is never a hit of its own.
 * @throws EideticError INVALID_INPUT when the ground truth names what is not in the folder; IMAGE_UNREADABLE when no query
 *   could be read; as lookAtFolders; the signal's reason
 */
export async function evaluateRetrieval(
  config: Config,
  { folder: named, truth, ...settings }: RetrievalRequest,
  onProgress: (progress: EvaluationProgress) => void,
  signal: AbortSignal,
): Promise<RetrievalEvaluation> {
  const [folder = named] = await outermostFolders([named], []);
  const looks = new PictureLooks({ ...settings, device: config.device, limits: config.limits });
  try {
    const looked = await lookAtFolders(
      [folder],
      looks,
      { ...config, withGray: false, choosePaths: (paths) => choose(paths, folder, truth) },
      (progress) => onProgress({ phase: 'look', ...progress }),
      signal,
    );
    const files = new Map(filesOf(looked).map((file) => [nameOf(file.path, folder), file]));
    const isSearched = databaseOf(truth, [...files.keys()]);
    const searched = [...files].filter(([name]) => isSearched.has(name));
    const places = new Map(searched.map(([name], at) => [name, at]));
    const { asked, failures } = await lookAtQueries(truth, files, looks, config.limits.maxBytes, signal);
    requireQueries(asked, truth, folder);
    const after = afterEachQuery(asked.length * looks.contenders.length, onProgress, signal);
    const contenders: RetrievalEvaluation['contenders'][number][] = [];
    for (const [i, contender] of looks.contenders.entries()) {
      const bank = vectorsOf(
        searched.map(([, file]) => file),
        i,
      );
      const byQuery: Array<{ image: string } & QueryScores> = [];
      for (const { query, vectors } of asked) {
        byQuery.push({
          image: query.image,
          ...scoresOf(vectors[i] as Embedding, bank, answersTo(query, places)),
        });
        await after();
      }
      contenders.push({ contender, figures: retrievalFigures(byQuery, SEED), byQuery });
    }
    return {
      ...{ looked: { ...looked, failures: [...looked.failures, ...failures] }, contenders },
      ...{ database: searched.length, queries: truth.queries.length, answered: asked.length },
      unreadAnswers: unreadAnswers(truth, places),
    };
  } finally {
    await looks.close();
  }
}

/** The path below a folder, as a ground truth names it on any system. */
function nameOf(path: string, folder: string): string {
  return pathBelow(folder, path).split(sep).join('/');
}

/** Names told in a message. */
const NAMED = 5;

/** Those that take part. Whether all that are named are there is asked before hours of work. */
function choose(paths: readonly string[], folder: string, truth: GroundTruth): readonly string[] {
  const there = new Set(paths.map((path) => nameOf(path, folder)));
  const needed = namesIn(truth);
  const missing = [...needed].filter((name) => !there.has(name));
  if (missing.length > 0) {
    const names = missing.slice(0, NAMED).map((name) => JSON.stringify(name));
    const more = missing.length > NAMED ? ` and ${missing.length - NAMED} more` : '';
    throw new EideticError(
      'INVALID_INPUT',
      `The ground truth names what is no file below ${folder}: ${names.join(', ')}${more}; expected paths below it, with their endings, as "all_souls_000013.jpg".`,
    );
  }
  return truth.database === undefined ? paths : paths.filter((path) => needed.has(nameOf(path, folder)));
}

function answersTo(
  { image, easy, hard, junk }: TruthQuery,
  places: ReadonlyMap<string, number>,
): QueryAnswers {
  const placesOf = (names: readonly string[]) =>
    new Set(names.map((name) => places.get(name)).filter((place) => place !== undefined));
  const [easyAt, hardAt] = [placesOf(easy), placesOf(hard)];
  return {
    ...{ easy: easyAt, hard: hardAt, junk: placesOf([image, ...junk]) },
    unread: { easy: easy.length - easyAt.size, hard: hard.length - hardAt.size },
  };
}

function scoresOf(query: Embedding, bank: readonly Embedding[], answers: QueryAnswers): QueryScores {
  const isRight = (at: number) => answers.easy.has(at) || answers.hard.has(at);
  const order = rankBank(query, bank, isRight, bank.length).map(({ at }) => at);
  return {
    easy: judgeRetrieval(order, answers, 'easy'),
    medium: judgeRetrieval(order, answers, 'medium'),
    hard: judgeRetrieval(order, answers, 'hard'),
  };
}

function unreadAnswers({ queries }: GroundTruth, places: ReadonlyMap<string, number>): number {
  const answers = new Set(queries.flatMap(({ easy, hard }) => [...easy, ...hard]));
  return [...answers].filter((name) => !places.has(name)).length;
}

function requireQueries(asked: readonly AskedQuery[], { queries }: GroundTruth, folder: string): void {
  if (asked.every(({ query: { easy, hard } }) => easy.length + hard.length === 0)) {
    throw new EideticError(
      'IMAGE_UNREADABLE',
      `None of the ${queries.length} queries in ${folder} that have something to find could be read.`,
    );
  }
}
