import { Router } from 'express';
import { EideticError } from '../../domain/errors.ts';
import { hasEnded } from '../../domain/job.ts';
import { type BodyLimits, readBody } from '../body/read-body.ts';
import { addRoute } from '../routing/add-route.ts';
import { parseInput } from '../schemas/parse-input.ts';
import { addJob, cancelJob, getJob, listJobs, watchJob } from './job-operations.ts';
import type { JobRunner } from './job-runner.ts';
import { jobToJson, newJobSchema } from './job-schemas.ts';
import { sendJobEvents } from './send-job-events.ts';

export interface JobsParts {
  readonly runner: JobRunner;
  readonly body: BodyLimits;
  /** Why nothing can be indexed; null when it can. */
  readonly cannotIndex: EideticError | null;
  /** What comes before every path, such as `/eidetic`, or nothing. */
  readonly basePath: string;
}

/** Clients that may follow jobs at the same time; each holds a connection. */
const MAX_STREAMS = 64;

/** Serves `/v1/jobs`: index folders in the background, see how far that is, stop it. */
export function jobsRouter({ runner, body, cannotIndex, basePath }: JobsParts): Router {
  const router = Router();
  addRoute(router, addJob, async ({ request, response }) => {
    const sent = await readBody(request, response, body);
    if (sent.kind !== 'json') {
      throw new EideticError('FORMAT_UNSUPPORTED', 'Expected a body of type application/json.');
    }
    if (cannotIndex !== null) {
      throw cannotIndex;
    }
    const { roots } = parseInput(newJobSchema, sent.value, 'the body');
    const job = await runner.add(roots);
    response.status(202).location(`${basePath}/v1/jobs/${job.id}`);
    return jobToJson(job);
  });
  addRoute(router, listJobs, async ({ query: { limit, cursor } }) => {
    const jobs = await runner.list(limit, cursor ?? null);
    const last = jobs.length === limit ? jobs.at(-1) : undefined;
    return { jobs: jobs.map(jobToJson), nextCursor: last === undefined ? null : String(last.id) };
  });
  addRoute(router, getJob, async ({ params }) => jobToJson(await runner.get(params.id)));
  addRoute(router, cancelJob, async ({ params, response }) => {
    const job = await runner.cancel(params.id);
    response.status(hasEnded(job) ? 200 : 202);
    return jobToJson(job);
  });
  let streams = 0;
  addRoute(router, watchJob, async ({ params, request, response }) => {
    await runner.get(params.id);
    if (response.destroyed) {
      return undefined; // the client went meanwhile; it would be counted for ever, since its connection closes once
    }
    if (streams >= MAX_STREAMS) {
      throw new EideticError('OVERLOADED', `Found ${streams} clients following jobs, expected fewer.`);
    }
    streams++;
    response.on('close', () => streams--);
    sendJobEvents(runner, params.id, request, response);
    return undefined;
  });
  return router;
}
