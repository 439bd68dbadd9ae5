import { z } from 'zod';
import type { Operation } from '../routing/operation.ts';
import {
  jobListQuerySchema,
  jobPageSchema,
  jobParamsSchema,
  jobSchema,
  newJobSchema,
} from './job-schemas.ts';

// Jobs tell paths of this machine, their roots and those in messages: for who may administer it only.
const COMMON = { tag: 'Jobs', scope: 'admin' } as const;

const QUEUED = {
  id: 1,
  roots: ['/photos'],
  state: 'queued',
  attempts: 0,
  createdAt: '2024-06-01T09:14:58.000Z',
  startedAt: null,
  endedAt: null,
  progress: null,
  outcome: null,
  error: null,
} as const;

const DONE = {
  ...QUEUED,
  state: 'done',
  attempts: 1,
  startedAt: '2024-06-01T09:14:58.000Z',
  endedAt: '2024-06-01T09:20:00.000Z',
  outcome: {
    ...{
      found: 20_427,
      unchanged: 20_000,
      indexed: 412,
      embedded: 400,
      failed: 3,
      stillFailed: 0,
      rotten: 0,
      unsupported: 0,
      others: 12,
    },
    ...{ moved: 0, removed: 0, awayFiles: 0, elapsedMs: 302_000 },
  },
} as const;

export const addJob = {
  ...COMMON,
  id: 'addJob',
  method: 'post',
  path: '/v1/jobs',
  summary: 'Index folders',
  description:
    'Queues an index run. Jobs run one after another and survive a restart of the server. When a job for the same folders waits already, that one is answered.',
  body: { 'application/json': newJobSchema },
  answers: {
    202: { description: 'The job; Location tells where it is', content: { 'application/json': jobSchema } },
  },
  example: { body: { roots: QUEUED.roots }, answer: { status: 202, body: QUEUED } },
} satisfies Operation;

export const listJobs = {
  ...COMMON,
  id: 'listJobs',
  method: 'get',
  path: '/v1/jobs',
  summary: 'The jobs, latest first',
  query: jobListQuerySchema,
  answers: { 200: { description: 'A page of jobs', content: { 'application/json': jobPageSchema } } },
  example: { parameters: { limit: 20 }, answer: { status: 200, body: { jobs: [DONE], nextCursor: null } } },
} satisfies Operation;

export const getJob = {
  ...COMMON,
  id: 'getJob',
  method: 'get',
  path: '/v1/jobs/{id}',
  summary: 'A job, and how far it is',
  params: jobParamsSchema,
  answers: { 200: { description: 'The job', content: { 'application/json': jobSchema } } },
  example: { parameters: { id: 1 }, answer: { status: 200, body: DONE } },
} satisfies Operation;

export const cancelJob = {
  ...COMMON,
  id: 'cancelJob',
  method: 'delete',
  path: '/v1/jobs/{id}',
  summary: 'Ask a job to end',
  description: 'What it has indexed stays. A job that has ended already stays as it is.',
  params: jobParamsSchema,
  answers: {
    200: { description: 'The job has ended', content: { 'application/json': jobSchema } },
    202: {
      description: 'The job ends when the pictures in progress are done',
      content: { 'application/json': jobSchema },
    },
  },
  example: { parameters: { id: 1 }, answer: { status: 200, body: DONE } },
} satisfies Operation;

export const watchJob = {
  ...COMMON,
  id: 'watchJob',
  method: 'get',
  path: '/v1/jobs/{id}/events',
  summary: 'A job, as it goes on',
  description:
    'Server-sent events named "job", each with the whole job as JSON, at most five a second, until the job ends. Last-Event-ID is understood.',
  params: jobParamsSchema,
  answers: {
    200: { description: 'Events', content: { 'text/event-stream': z.string() } },
  },
  example: {
    parameters: { id: 1 },
    answer: {
      status: 200,
      body: `retry: 2000\n\nid: 2jmj7l5rSw0yVb_vlWAYkK\nevent: job\ndata: ${JSON.stringify(DONE)}\n\n`,
    },
  },
} satisfies Operation;

/** What the jobs router serves, for the OpenAPI document. */
export const JOB_OPERATIONS: readonly Operation[] = [addJob, listJobs, getJob, cancelJob, watchJob];
