import { Router } from 'express';
import type { CatalogPicture } from '../../domain/picture-catalog.ts';
import { until } from '../../domain/until.ts';
import { AskedFiles } from '../../duplicates/asked-files.ts';
import { listGroups } from '../../duplicates/list-groups.ts';
import { type PathLooks, thereAt } from '../../duplicates/path-look.ts';
import type { ReportQuestion } from '../../duplicates/report-question.ts';
import type { WeighedGroup } from '../../duplicates/weigh-report.ts';
import type { ApiParts } from '../api-parts.ts';
import { EXAMPLE_PICTURE } from '../openapi/example-picture.ts';
import { addRoute } from '../routing/add-route.ts';
import type { Operation } from '../routing/operation.ts';
import {
  type EqualFilesPage,
  equalFilesPageSchema,
  equalFilesQuerySchema,
  type ReportProgress,
  reportProgressSchema,
} from '../schemas/equal-files-schema.ts';
import type { CallerView } from './caller-view.ts';
import { callerView } from './caller-view.ts';
import { groupsInPage, shownOf } from './groups-in-page.ts';
import { toPictureAnswer } from './picture-answer.ts';
import { questionOf } from './question-of.ts';

const EQUAL_FILES = {
  id: 'equalFiles',
  method: 'get',
  path: '/v1/duplicates/files',
  tag: 'Duplicates',
  summary: 'Equal files by what is there now, the most certain first, and what could be freed',
  description:
    'The report of /v1/duplicates without similarity, after a look at every file that it names: a file that is not there or has changed is marked and never counts as a copy, and a group of which no two files are there is left out. As slow at first as that one, and likewise refused with 503 meanwhile.',
  scope: 'read',
  query: equalFilesQuerySchema,
  answers: {
    200: { description: 'A page of groups', content: { 'application/json': equalFilesPageSchema } },
  },
  example: {
    parameters: { limit: 20 },
    answer: {
      status: 200,
      body: {
        generation: '42-5f0c1f5e-7',
        lookedAt: '2026-01-02T03:04:05.000Z',
        groups: [
          {
            id: 1,
            relation: 'identical',
            pictureCount: 1,
            fileCount: 2,
            sizeBytes: 6_825_754,
            freeableBytes: 3_412_877,
            pictures: [
              {
                ...EXAMPLE_PICTURE,
                files: ['2024/lake.jpg', 'copies/lake.jpg'],
                fileCount: 2,
                looks: [
                  { state: 'there', isFurtherName: false, isKept: false },
                  { state: 'there', isFurtherName: false, isKept: false },
                ],
              },
            ],
          },
        ],
        counts: { identical: 1, 'same-image-data': 0, 'same-pixels': 0 },
        fileCount: 2,
        freeableBytes: 3_412_877,
        goneGroups: 0,
        oneFileNames: 0,
        unknownPixels: { unreachable: 0, unfinished: 0, incomparable: 0 },
        undescribedFiles: 0,
        decidedGroups: 0,
        nextCursor: null,
      },
    },
  },
} as const satisfies Operation;

const PROGRESS = {
  id: 'duplicatesProgress',
  method: 'get',
  path: '/v1/duplicates/progress',
  tag: 'Duplicates',
  summary: 'How far the report is that is being made',
  scope: 'read',
  answers: {
    200: { description: 'How far it is', content: { 'application/json': reportProgressSchema } },
  },
  example: { answer: { status: 200, body: { working: { step: 'looking', done: 120, total: 800 } } } },
} as const satisfies Operation;

export const EQUAL_FILES_OPERATIONS: readonly Operation[] = [EQUAL_FILES, PROGRESS];

export function equalFilesRoutes(parts: ApiParts): Router {
  const router = Router();
  const { duplicates, weighed, library } = parts;
  const lookedReport = async (question: ReportQuestion) => {
    const generated = await duplicates.of(library.spaces.forCopies, {
      question,
      minSimilarity: null,
      copies: null,
    });
    return { ...(await weighed.of(generated)), generation: generated.generation };
  };

  addRoute(router, EQUAL_FILES, async ({ query, caller, signal }): Promise<EqualFilesPage> => {
    const view = await callerView(parts, caller);
    const question = await questionOf(library.catalog.pictures, query, view);
    const { report, looks, lookedAt, generation } = await until(lookedReport(question), signal);
    const asked = new AskedFiles(question);
    const { rest, cursorBehind } = listGroups(report.groups, query.relation ?? null, query.cursor);
    const groups = groupsInPage(rest.slice(0, query.limit));
    return {
      generation,
      lookedAt,
      groups: groups.map((group) => toGroupAnswer(group, looks, asked, view)),
      counts: countsOf(report.groups),
      fileCount: report.groups.reduce((sum, { fileCount }) => sum + fileCount, 0),
      freeableBytes: report.freeableBytes,
      goneGroups: report.goneGroups,
      oneFileNames: report.oneFileNames,
      unknownPixels: report.unknownPixels,
      undescribedFiles: report.undescribedFiles,
      decidedGroups: report.decidedGroups,
      nextCursor: cursorBehind(groups.length),
    };
  });
  addRoute(router, PROGRESS, async (): Promise<ReportProgress> => ({ working: duplicates.progress() }));
  return router;
}

function countsOf(groups: readonly WeighedGroup[]): EqualFilesPage['counts'] {
  const of = (relation: WeighedGroup['relation']) =>
    groups.filter((group) => group.relation === relation).length;
  return {
    identical: of('identical'),
    'same-image-data': of('same-image-data'),
    'same-pixels': of('same-pixels'),
  };
}

function toGroupAnswer(
  group: WeighedGroup,
  looks: PathLooks,
  asked: AskedFiles,
  view: CallerView,
): EqualFilesPage['groups'][number] {
  return {
    id: Math.min(...group.pictures.map(({ id }) => id)),
    relation: group.relation as EqualFilesPage['groups'][number]['relation'], // nobody named a similarity
    pictureCount: group.pictures.length,
    fileCount: group.fileCount,
    sizeBytes: group.sizeBytes,
    freeableBytes: group.freeableBytes,
    pictures: shownOf(group).map((picture) => {
      const answer = toPictureAnswer(picture, view);
      return { ...answer, looks: looksAt(picture, looks, asked).slice(0, answer.files.length) };
    }),
  };
}

/** Of each file of a picture, in their order. */
function looksAt(
  { files }: CatalogPicture,
  looks: PathLooks,
  asked: AskedFiles,
): EqualFilesPage['groups'][number]['pictures'][number]['looks'] {
  const seen = new Set<string>();
  return files.map(({ path }) => {
    const there = thereAt(looks, path);
    const identity = there?.identity;
    const isFurtherName = identity !== undefined && seen.has(identity);
    seen.add(identity ?? '');
    const isKept = there?.isLink === false && asked.isReference(path);
    return { state: looks.get(path)?.kind ?? 'away', isFurtherName, isKept };
  });
}
