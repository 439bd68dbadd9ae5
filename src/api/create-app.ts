import express, { type Express } from 'express';
import helmet from 'helmet';
import { allowOrigins } from './allow-origins.ts';
import type { ApiParts } from './api-parts.ts';
import { underBasePath } from './base-path.ts';
import { handleErrors } from './errors/handle-errors.ts';
import { guardLocal } from './guard-local.ts';
import { jobsRouter } from './jobs/jobs-router.ts';
import { authenticate } from './keys/authenticate.ts';
import { logRequests } from './log-requests.ts';
import { docsRoutes } from './openapi/docs-routes.ts';
import { openApiDocument } from './openapi/openapi-document.ts';
import { OPERATIONS } from './operations.ts';
import { pageRoutes } from './page/page-routes.ts';
import { queryRoutes } from './queries/query-routes.ts';
import { rateLimit } from './rate-limit.ts';
import { assignRequestId } from './request-id.ts';
import { watchRequest } from './request-signal.ts';
import { awayRoutes } from './routes/away-routes.ts';
import { compareRoutes } from './routes/compare-routes.ts';
import { decisionRoutes } from './routes/decision-routes.ts';
import { duplicatesRoutes } from './routes/duplicates-routes.ts';
import { equalFilesRoutes } from './routes/equal-files-routes.ts';
import { failureRoutes } from './routes/failure-routes.ts';
import { libraryRoutes } from './routes/library-routes.ts';
import { matchRoutes } from './routes/match-routes.ts';
import { pictureBytesRoutes } from './routes/picture-bytes-routes.ts';
import { pictureRoutes } from './routes/picture-routes.ts';
import { planRoutes } from './routes/plan-routes.ts';
import { rootRoutes } from './routes/root-routes.ts';
import { searchRoutes } from './routes/search-routes.ts';
import { sessionRoutes } from './routes/session-routes.ts';
import { spaceRoutes } from './routes/space-routes.ts';
import { metricsRoutes, statusRoutes } from './routes/status-routes.ts';
import { uploadRoutes } from './routes/upload-routes.ts';
import { refuseUnknown } from './routing/refuse-unknown.ts';
import { requireReady } from './server-state.ts';

/** The whole HTTP API, not listening. The order is the order in which a request meets it. */
export function createApp(parts: ApiParts): Express {
  const app = express();
  app.disable('x-powered-by');
  // Answers carry ETags of their own where they can be kept; hashing every JSON answer would be for nothing.
  app.disable('etag');
  app.use(underBasePath(parts.basePath));
  app.use(assignRequestId, logRequests(parts.logger), parts.metrics.observeRequests);
  app.use(
    helmet({
      // Answers are data: nothing in them is to be run or framed. The explorer's page has a policy of its own.
      contentSecurityPolicy: {
        useDefaults: false,
        directives: { 'default-src': "'none'", 'frame-ancestors': "'none'" },
      },
      strictTransportSecurity: false, // TLS is the business of whatever stands in front
    }),
  );
  if (!parts.needsKey) {
    app.use(guardLocal({ publicHost: parts.publicHost, allowedOrigins: parts.corsOrigins }));
  }
  app.use(allowOrigins(parts.corsOrigins));
  app.use(statusRoutes(parts));
  app.use(docsRoutes(openApiDocument(OPERATIONS, parts.version, parts.basePath)));
  app.use(pageRoutes(parts.basePath));

  app.use(authenticate(parts.keys, { required: parts.needsKey }));
  app.use(metricsRoutes(parts));
  if (parts.needsKey) {
    app.use(rateLimit({ perMinute: parts.requestsPerMinute }));
  }
  app.use(requireReady(parts.state), watchRequest(parts.deadlineMs));
  app.use(sessionRoutes(parts));
  app.use(searchRoutes(parts));
  app.use(queryRoutes(parts));
  app.use(compareRoutes(parts));
  app.use(matchRoutes(parts));
  app.use(pictureRoutes(parts));
  app.use(awayRoutes(parts));
  app.use(pictureBytesRoutes(parts));
  app.use(uploadRoutes(parts));
  app.use(duplicatesRoutes(parts));
  app.use(equalFilesRoutes(parts));
  app.use(libraryRoutes(parts));
  app.use(rootRoutes(parts));
  app.use(spaceRoutes(parts));
  app.use(failureRoutes(parts));
  app.use(decisionRoutes(parts));
  app.use(planRoutes(parts));
  app.use(
    jobsRouter({
      runner: parts.jobs,
      body: parts.bodies,
      cannotIndex: parts.library.cannotDescribe,
      basePath: parts.basePath,
    }),
  );

  app.use(refuseUnknown(OPERATIONS, parts.basePath));
  app.use(handleErrors(parts.logger));
  return app;
}
