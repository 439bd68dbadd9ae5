import { Router } from 'express';
import { EideticError } from '../../domain/errors.ts';
import type { SpaceId } from '../../domain/space.ts';
import { until } from '../../domain/until.ts';
import type { AskedCounts } from '../../duplicates/count-asked.ts';
import type { DuplicateGroup } from '../../duplicates/duplicate-group.ts';
import { LEAST_OF_COPIES } from '../../duplicates/find-copy-pairs.ts';
import type { DuplicateReport } from '../../duplicates/find-duplicates.ts';
import { PairsApart } from '../../duplicates/pairs-apart.ts';
import { meaningOf } from '../../engine/library-spaces.ts';
import { fromCursor, toCursor } from '../../pictures/cursor.ts';
import type { ApiParts } from '../api-parts.ts';
import { EXAMPLE_COPY_MEANING, EXAMPLE_PICTURE } from '../openapi/example-picture.ts';
import { addRoute } from '../routing/add-route.ts';
import type { Operation } from '../routing/operation.ts';
import {
  type DuplicatesPage,
  duplicatesPageSchema,
  duplicatesQuerySchema,
  type GroupPage,
  groupPageSchema,
  groupParamsSchema,
  groupQuerySchema,
  type PairsPage,
  pairsPageSchema,
  pairsQuerySchema,
} from '../schemas/duplicates-schema.ts';
import { type CallerView, callerView } from './caller-view.ts';
import { type AskedCopies, copyWishOf } from './copy-wish-of.ts';
import { groupsInPage, shownOf } from './groups-in-page.ts';
import { fromPairCursor, toPairCursor } from './pair-cursor.ts';
import { toPictureAnswer } from './picture-answer.ts';
import { questionOf, type ShownQuestion } from './question-of.ts';

const DUPLICATES = {
  id: 'duplicates',
  method: 'get',
  path: '/v1/duplicates',
  tag: 'Duplicates',
  summary: 'Files with the same bytes, pictures with the same image data or pixels, copies, and look-alikes',
  description:
    'Every two pictures of a group are related; there are no chains. Groups come by their lowest ids, and nobody looks at a disk: files that are away or have changed since are told of as they were indexed, so ask /v1/away (or /v1/duplicates/files, which looks, sorts and leaves out) before anything is deleted. Pictures that look the same are decoded once to compare their pixels, so of a large library the first answer can take longer than the deadline of a request: it is then refused with 503 and goes on being computed, so ask again.',
  scope: 'read',
  query: duplicatesQuerySchema,
  answers: {
    200: { description: 'A page of groups', content: { 'application/json': duplicatesPageSchema } },
  },
  example: {
    parameters: { space: 'copy', minSimilarity: 0.95, limit: 20 },
    answer: {
      status: 200,
      body: {
        generation: '42-5f0c1f5e-7',
        ...EXAMPLE_COPY_MEANING,
        groups: [
          {
            relation: 'identical',
            weakestSimilarity: null,
            pictureCount: 1,
            decision: null,
            pictures: [{ ...EXAMPLE_PICTURE, files: ['2024/lake.jpg', 'copies/lake.jpg'], fileCount: 2 }],
          },
        ],
        pairCounts: { copy: 0, similar: 0, unsure: 0, burst: 0 },
        askedPictures: { across: [], within: [], reference: [], others: 0 },
        copies: null,
        unknownPixels: { unreachable: 0, unfinished: 0, incomparable: 0 },
        undescribedFiles: 0,
        decidedGroups: 0,
        decidedPairs: 0,
        nextCursor: null,
      },
    },
  },
} as const satisfies Operation;

const GROUP = {
  id: 'duplicateGroup',
  method: 'get',
  path: '/v1/duplicates/{id}/pictures',
  tag: 'Duplicates',
  summary: 'The pictures of one group, all of them, page by page',
  description:
    'Name the same space, similarity, wish for copies and folders as for the page of groups: others make other groups.',
  scope: 'read',
  params: groupParamsSchema,
  query: groupQuerySchema,
  answers: {
    200: { description: 'A page of pictures', content: { 'application/json': groupPageSchema } },
  },
  example: {
    parameters: { id: 1, limit: 100 },
    answer: {
      status: 200,
      body: {
        generation: '42-5f0c1f5e-7',
        ...EXAMPLE_COPY_MEANING,
        relation: 'identical',
        weakestSimilarity: null,
        pictureCount: 1,
        decision: null,
        pictures: [{ ...EXAMPLE_PICTURE, files: ['2024/lake.jpg', 'copies/lake.jpg'], fileCount: 2 }],
        nextCursor: null,
      },
    },
  },
} as const satisfies Operation;

const PAIRS = {
  id: 'duplicatePairs',
  method: 'get',
  path: '/v1/duplicates/pairs',
  tag: 'Duplicates',
  summary: 'Pairs that are in no group together: what may be a copy, other shots of one scene, and bridges',
  description:
    'Of the report of /v1/duplicates with the same space, minSimilarity, copies and folders. What may be a copy and other shots are looked for with copies alone.',
  scope: 'read',
  query: pairsQuerySchema,
  answers: {
    200: { description: 'A page of pairs', content: { 'application/json': pairsPageSchema } },
  },
  example: {
    parameters: { copies: 'true', relation: 'unsure', limit: 50 },
    answer: {
      status: 200,
      body: {
        generation: '42-5f0c1f5e-7',
        ...EXAMPLE_COPY_MEANING,
        pairs: [
          {
            relation: 'unsure',
            similarity: 0.81,
            certainty: 0.7,
            a: EXAMPLE_PICTURE,
            b: { ...EXAMPLE_PICTURE, id: 2, files: ['2024/lake small.jpg'] },
            unlike: null,
            decision: null,
          },
        ],
        nextCursor: null,
      },
    },
  },
} as const satisfies Operation;

export const DUPLICATES_OPERATIONS: readonly Operation[] = [DUPLICATES, GROUP, PAIRS];

/** What makes a report another one. */
interface Asked extends AskedCopies, ShownQuestion {
  readonly space?: SpaceId | undefined;
  readonly minSimilarity?: number | undefined;
  /** Whether also what somebody decided to keep. */
  readonly decided: boolean;
}

export function duplicatesRoutes(parts: ApiParts): Router {
  const router = Router();
  const { spaces, catalog } = parts.library;
  const apart = new WeakMap<DuplicateReport, PairsApart>();
  const apartOf = (report: DuplicateReport) => {
    const pairs = apart.get(report) ?? new PairsApart(report);
    apart.set(report, pairs);
    return pairs;
  };
  const reportOf = async (asked: Asked, view: CallerView, signal: AbortSignal) => {
    const { space, minSimilarity } = asked;
    const question = await questionOf(catalog.pictures, asked, view);
    const searched = space === undefined ? spaces.forCopies : spaces.named(space);
    const copies = copyWishOf(asked);
    const least = minSimilarity ?? (copies === null ? null : LEAST_OF_COPIES);
    const { generation, report } = await until(
      parts.duplicates.of(searched, { question, minSimilarity: least, copies, showsDecided: asked.decided }),
      signal,
    );
    return { report, heading: { generation, ...meaningOf(searched) } };
  };

  addRoute(router, DUPLICATES, async ({ query, caller, signal }): Promise<DuplicatesPage> => {
    // A group's lowest id orders the groups, so a cursor holds also when the library changes between two pages.
    const after = fromCursor(query.cursor);
    const view = await callerView(parts, caller);
    const { report, heading } = await reportOf(query, view, signal);
    const { relation } = query;
    const rest = report.groups.filter(
      (group) => (relation === undefined || group.relation === relation) && firstId(group) > after,
    );
    const groups = groupsInPage(rest.slice(0, query.limit));
    const last = groups.at(-1);
    return {
      ...heading,
      groups: groups.map((group) => ({
        ...shapeOf(group),
        pictures: shownOf(group).map((picture) => toPictureAnswer(picture, view)),
      })),
      pairCounts: countPairs(apartOf(report)),
      askedPictures: toAskedPictures(report.counts),
      copies: report.copies,
      unknownPixels: report.unknownPixels,
      undescribedFiles: report.undescribedFiles,
      decidedGroups: report.decidedGroups,
      decidedPairs: report.decidedPairs,
      nextCursor: last !== undefined && rest.length > groups.length ? toCursor(firstId(last)) : null,
    };
  });
  addRoute(router, GROUP, async ({ params, query, caller, signal }): Promise<GroupPage> => {
    const after = fromCursor(query.cursor);
    const view = await callerView(parts, caller);
    const { report, heading } = await reportOf(query, view, signal);
    const group = report.groups.find((candidate) => firstId(candidate) === params.id);
    if (group === undefined) {
      throw new EideticError(
        'NOT_FOUND',
        `No group of duplicates has ${params.id} as its lowest id; ask /v1/duplicates with the same space and minSimilarity again.`,
      );
    }
    const rest = group.pictures.filter(({ id }) => id > after);
    const pictures = rest.slice(0, query.limit);
    const last = pictures.at(-1);
    return {
      ...heading,
      ...shapeOf(group),
      pictures: pictures.map((picture) => toPictureAnswer(picture, view)),
      nextCursor: last !== undefined && rest.length > pictures.length ? toCursor(last.id) : null,
    };
  });
  addRoute(router, PAIRS, async ({ query, caller, signal }): Promise<PairsPage> => {
    const { relation, limit, cursor } = query;
    const after = fromPairCursor(cursor);
    const view = await callerView(parts, caller);
    const { report, heading } = await reportOf(query, view, signal);
    const found = apartOf(report);
    const rest = found.pairs.filter(
      (pair) =>
        (relation === undefined || pair.relation === relation) && (pair.a - after.a || pair.b - after.b) > 0,
    );
    const pairs = rest.slice(0, limit);
    const last = pairs.at(-1);
    return {
      ...heading,
      pairs: pairs.map((pair) => ({
        relation: pair.relation,
        similarity: pair.similarity,
        certainty: pair.certainty,
        a: toPictureAnswer(found.picture(pair.a), view),
        b: toPictureAnswer(found.picture(pair.b), view),
        unlike: found.unlikeOf(pair),
        decision: pair.decision ?? null,
      })),
      nextCursor: last !== undefined && rest.length > limit ? toPairCursor(last) : null,
    };
  });
  return router;
}

function toAskedPictures({
  across,
  within,
  reference,
  others,
}: AskedCounts): DuplicatesPage['askedPictures'] {
  return { across: [...across], within: [...within], reference: [...reference], others };
}

function countPairs({ pairs }: PairsApart): DuplicatesPage['pairCounts'] {
  const counts = { copy: 0, similar: 0, unsure: 0, burst: 0 };
  for (const { relation } of pairs) {
    counts[relation]++;
  }
  return counts;
}

function shapeOf({ relation, weakest, pictures, decision }: DuplicateGroup) {
  return {
    ...{ relation, weakestSimilarity: weakest?.similarity ?? null, pictureCount: pictures.length },
    decision: decision && { ...decision, joined: [...decision.joined] },
  };
}

function firstId({ pictures }: DuplicateGroup): number {
  return pictures[0]?.id ?? 0;
}
