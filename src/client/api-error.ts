import type { Problem } from '../api/schemas/problem-schema.ts';

/** A request that the server refused. */
export class EideticApiError extends Error {
  override readonly name = 'EideticApiError';
  readonly problem: Problem;
  /** When it may be worth asking again, seconds; null when the server says nothing of it. */
  readonly retryAfterSeconds: number | null;

  constructor(problem: Problem, retryAfterSeconds: number | null) {
    super(`${problem.status} ${problem.code}: ${problem.detail}`);
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The refusal that an answer holds, also one that another program in between has written. */
export async function apiErrorOf(response: Response): Promise<EideticApiError> {
  const text = await response.text();
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json');
  const problem: Problem = isProblem
    ? (JSON.parse(text) as Problem)
    : {
        type: 'about:blank',
        title: response.statusText,
        status: response.status,
        code: 'UNKNOWN',
        detail: text.slice(0, 200),
        requestId: response.headers.get('x-request-id') ?? '',
      };
  return new EideticApiError(problem, Number.isFinite(retryAfter) ? retryAfter : null);
}
