import { JOB_OPERATIONS } from './jobs/job-operations.ts';
import { QUERY_OPERATIONS } from './queries/query-routes.ts';
import { AWAY_OPERATIONS } from './routes/away-routes.ts';
import { COMPARE_OPERATIONS } from './routes/compare-routes.ts';
import { DECISION_OPERATIONS } from './routes/decision-routes.ts';
import { DUPLICATES_OPERATIONS } from './routes/duplicates-routes.ts';
import { EQUAL_FILES_OPERATIONS } from './routes/equal-files-routes.ts';
import { FAILURE_OPERATIONS } from './routes/failure-routes.ts';
import { LIBRARY_OPERATIONS } from './routes/library-routes.ts';
import { MATCH_OPERATIONS } from './routes/match-routes.ts';
import { PICTURE_BYTES_OPERATIONS } from './routes/picture-bytes-routes.ts';
import { PICTURE_OPERATIONS } from './routes/picture-routes.ts';
import { PLAN_OPERATIONS } from './routes/plan-routes.ts';
import { ROOT_OPERATIONS } from './routes/root-routes.ts';
import { SEARCH_OPERATIONS } from './routes/search-routes.ts';
import { SESSION_OPERATIONS } from './routes/session-routes.ts';
import { SPACE_OPERATIONS } from './routes/space-routes.ts';
import { STATUS_OPERATIONS } from './routes/status-routes.ts';
import { UPLOAD_OPERATIONS } from './routes/upload-routes.ts';
import type { Operation } from './routing/operation.ts';

/** Every operation of the API. */
export const OPERATIONS: readonly Operation[] = [
  ...SEARCH_OPERATIONS,
  ...QUERY_OPERATIONS,
  ...COMPARE_OPERATIONS,
  ...MATCH_OPERATIONS,
  ...PICTURE_OPERATIONS,
  ...AWAY_OPERATIONS,
  ...PICTURE_BYTES_OPERATIONS,
  ...UPLOAD_OPERATIONS,
  ...DUPLICATES_OPERATIONS,
  ...EQUAL_FILES_OPERATIONS,
  ...DECISION_OPERATIONS,
  ...PLAN_OPERATIONS,
  ...LIBRARY_OPERATIONS,
  ...ROOT_OPERATIONS,
  ...SPACE_OPERATIONS,
  ...JOB_OPERATIONS,
  ...FAILURE_OPERATIONS,
  ...SESSION_OPERATIONS,
  ...STATUS_OPERATIONS,
];
