import assert from 'node:assert/strict';
import { it } from 'node:test';
import express from 'express';
import { handleErrors } from '../../src/api/errors/handle-errors.ts';
import { HTTP_STATUSES } from '../../src/api/errors/http-statuses.ts';
import { EideticError, type ErrorCode } from '../../src/domain/errors.ts';
import { keptLogger } from '../support/kept-logger.ts';
import { serveForTest } from '../support/problem-server.ts';

it('only refusals that pass by themselves say when to ask again', async (t) => {
  const app = express();
  app.get('/:code', ({ params }) => {
    throw new EideticError(params.code as ErrorCode, 'refused');
  });
  app.use(handleErrors(keptLogger()));
  const address = await serveForTest(t, app);
  const saying: string[] = [];
  for (const code of Object.keys(HTTP_STATUSES)) {
    const response = await fetch(`${address}/${code}`);
    await response.arrayBuffer();
    if (response.headers.has('retry-after')) {
      saying.push(code);
    }
  }
  assert.deepEqual(saying.sort(), ['CATALOG_BUSY', 'OVERLOADED']);
});
