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
} satisfies Operation;

export const listJobs = {
  ...COMMON,
  id: 'listJobs',
  method: 'get',
  path: '/v1/jobs',
  summary: 'The jobs, latest first',
  query: jobListQuerySchema,
  answers: { 200: { description: 'A page of jobs', content: { 'application/json': jobPageSchema } } },
} satisfies Operation;

export const getJob = {
  ...COMMON,
  id: 'getJob',
  method: 'get',
  path: '/v1/jobs/{id}',
  summary: 'A job, and how far it is',
  params: jobParamsSchema,
  answers: { 200: { description: 'The job', content: { 'application/json': jobSchema } } },
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
} satisfies Operation;

/** What the jobs router serves, for the OpenAPI document. */
export const JOB_OPERATIONS: readonly Operation[] = [addJob, listJobs, getJob, cancelJob, watchJob];
