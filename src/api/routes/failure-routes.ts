import { Router } from 'express';
import { EideticError } from '../../domain/errors.ts';
import { type FileFailure, readablePath } from '../../domain/failure.ts';
import { isAtOrBelow } from '../../domain/is-below.ts';
import { countFailures } from '../../pictures/count-failures.ts';
import { type FailureFilter, failuresThat, listFailures } from '../../pictures/list-failures.ts';
import type { PathView } from '../../pictures/path-view.ts';
import type { ApiParts } from '../api-parts.ts';
import { readBody } from '../body/read-body.ts';
import { requireJson } from '../body/require-json.ts';
import { jobParamsSchema } from '../jobs/job-schemas.ts';
import { addRoute } from '../routing/add-route.ts';
import type { Operation } from '../routing/operation.ts';
import {
  type FailureAnswer,
  type FailureCounts,
  type FailurePage,
  failureCountsQuerySchema,
  failureCountsSchema,
  failurePageSchema,
  failuresQuerySchema,
  jobFailuresQuerySchema,
  type RetryAnswer,
  type RetryRequest,
  retryAnswerSchema,
  retryRequestSchema,
} from '../schemas/failure-schema.ts';
import { parseInput } from '../schemas/parse-input.ts';
import { callerView } from './caller-view.ts';

// Failures tell paths of this machine, also in their messages: for who may administer it only, as jobs.
const COMMON = { tag: 'Failures', scope: 'admin' } as const;

const EXAMPLE_FAILURE = {
  path: '/photos/2024/half.jpg',
  sizeBytes: 81_920,
  modifiedMs: 1_715_956_328_000,
  code: 'IMAGE_UNREADABLE',
  message: 'The JPEG ends before its last rows; get it again from where it came from.',
  failedAt: '2024-06-01T09:15:00.000Z',
  retry: 'changed',
};

const FAILURES = {
  ...COMMON,
  id: 'listFailures',
  method: 'get',
  path: '/v1/failures',
  summary: 'The files that could not be indexed, and why',
  description:
    'A failure stays until its file is mended or gone. A file that failed keeps the picture that it had.',
  query: failuresQuerySchema,
  answers: { 200: { description: 'A page of failures', content: { 'application/json': failurePageSchema } } },
  example: {
    parameters: { code: 'IMAGE_UNREADABLE', limit: 100 },
    answer: { status: 200, body: { failures: [EXAMPLE_FAILURE], nextCursor: null } },
  },
} as const satisfies Operation;

const COUNTS = {
  ...COMMON,
  id: 'countFailures',
  method: 'get',
  path: '/v1/failures/counts',
  summary: 'How many files could not be indexed, by reason',
  query: failureCountsQuerySchema,
  answers: { 200: { description: 'The numbers', content: { 'application/json': failureCountsSchema } } },
  example: {
    parameters: { pathPrefix: '/photos/2024' },
    answer: {
      status: 200,
      body: { failures: 3, byCode: [{ code: 'IMAGE_UNREADABLE', failures: 3, inNextRun: 0 }] },
    },
  },
} as const satisfies Operation;

const RETRY = {
  ...COMMON,
  id: 'retryFailures',
  method: 'post',
  path: '/v1/failures/retry',
  summary: 'Have failures tried again in the next index run',
  description:
    'Marks them and begins no run: POST /v1/jobs does, and any other run tries them too. Only failures inside the folders that the server may index are marked.',
  body: { 'application/json': retryRequestSchema },
  answers: { 200: { description: 'They are marked', content: { 'application/json': retryAnswerSchema } } },
  example: { body: { code: 'IMAGE_UNREADABLE' }, answer: { status: 200, body: { marked: 3, outside: 0 } } },
} as const satisfies Operation;

const JOB_FAILURES = {
  ...COMMON,
  id: 'jobFailures',
  method: 'get',
  path: '/v1/jobs/{id}/failures',
  summary: 'What failed in a job',
  description:
    'The failures at or below the folders of the job that were recorded from its start to its end, as far as they still stand: a file that was mended since, or failed again in a later run, is not told. While a job waits for another run, failures of that one are among them.',
  params: jobParamsSchema,
  query: jobFailuresQuerySchema,
  answers: { 200: { description: 'A page of failures', content: { 'application/json': failurePageSchema } } },
  example: {
    parameters: { id: 1, limit: 100 },
    answer: { status: 200, body: { failures: [EXAMPLE_FAILURE], nextCursor: null } },
  },
} as const satisfies Operation;

export const FAILURE_OPERATIONS: readonly Operation[] = [FAILURES, COUNTS, RETRY, JOB_FAILURES];

/** Failures that are marked in one transaction. */
const MARKED_AT_ONCE = 500;

export function failureRoutes(parts: ApiParts): Router {
  const { library, jobs } = parts;
  const { files } = library.catalog;
  const router = Router();
  addRoute(router, FAILURES, async ({ query, caller, signal }): Promise<FailurePage> => {
    const wanted = toFilter(query, await callerView(parts, caller));
    return toPage(await listFailures(files, wanted, query.limit, query.cursor, signal));
  });
  addRoute(router, COUNTS, async ({ query, caller, signal }): Promise<FailureCounts> => {
    const wanted = toFilter(query, await callerView(parts, caller));
    const byCode = await countFailures(files, wanted, signal);
    return { failures: byCode.reduce((sum, { failures }) => sum + failures, 0), byCode };
  });
  addRoute(router, RETRY, async ({ request, response, caller, signal }): Promise<RetryAnswer> => {
    const body = requireJson(await readBody(request, response, parts.bodies));
    const wanted = toFilter(
      parseInput(retryRequestSchema, body, 'the body'),
      await callerView(parts, caller),
    );
    return retry(parts, wanted, signal);
  });
  addRoute(router, JOB_FAILURES, async ({ params, query, signal }): Promise<FailurePage> => {
    const { roots, startedAt, endedAt } = await jobs.get(params.id);
    if (startedAt === null) {
      return { failures: [], nextCursor: null };
    }
    const wanted = { below: roots, since: startedAt, until: endedAt ?? undefined };
    return toPage(await listFailures(files, wanted, query.limit, query.cursor, signal));
  });
  return router;
}

async function retry(
  { library, jobs }: ApiParts,
  wanted: FailureFilter,
  signal: AbortSignal,
): Promise<RetryAnswer> {
  const { files } = library.catalog;
  const folders = await jobs.allowedFolders();
  if (folders.length === 0) {
    throw new EideticError(
      'FORBIDDEN',
      'This server may index no folder, so it has no failures tried again; start it with --allow-index FOLDER.',
    );
  }
  let marked = 0;
  let outside = 0;
  let chunk: FileFailure[] = [];
  const mark = async () => {
    const failed = chunk.map(({ stamp, rawPath }) => ({ path: stamp.path, rawPath }));
    chunk = [];
    marked += failed.length === 0 ? 0 : await files.retryFailures(failed);
  };
  for await (const failure of failuresThat(files, wanted, signal)) {
    if (!folders.some((folder) => isAtOrBelow(failure.stamp.path, folder))) {
      outside++;
    } else if (chunk.push(failure) === MARKED_AT_ONCE) {
      await mark();
    }
  }
  await mark();
  return { marked, outside };
}

function toFilter({ code, retry: kind, pathPrefix }: RetryRequest, view: PathView): FailureFilter {
  return { code, retry: kind, below: pathPrefix === undefined ? undefined : view.below(pathPrefix) };
}

function toPage({
  failures,
  nextCursor,
}: {
  readonly failures: readonly FileFailure[];
  readonly nextCursor: string | null;
}): FailurePage {
  return { failures: failures.map(toAnswer), nextCursor };
}

function toAnswer(failure: FileFailure): FailureAnswer {
  const { stamp, code, message, failedAt, retry: kind } = failure;
  const { sizeBytes, modifiedMs } = stamp;
  const path = readablePath(failure);
  return { path, sizeBytes, modifiedMs, code, message, failedAt, retry: kind };
}
