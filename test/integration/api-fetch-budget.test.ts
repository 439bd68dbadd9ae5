import assert from 'node:assert/strict';
import { it } from 'node:test';
import { BodyBudget } from '../../src/api/body/body-budget.ts';
import type { FetchPolicy } from '../../src/api/fetch/fetch-policy.ts';
import { withFetched } from '../../src/api/fetch/with-fetched.ts';
import { serveForTest } from '../support/problem-server.ts';

it('fetched pictures share the budget of bodies until the work with them is done', async (t) => {
  const url = await serveForTest(t, (_request, response) => response.end(Buffer.alloc(60_000)));
  // The test's own server stands in for a public one.
  const fetchPolicy: FetchPolicy = {
    isAllowedHost: () => true,
    maxBytes: 1_000_000,
    timeoutMs: 5_000,
    maxRedirects: 0,
    resolve: async () => [],
    isAllowedAddress: () => true,
  };
  const parts = { bodies: { budget: new BodyBudget(100_000), maxBytes: 100_000 }, fetchPolicy };
  const { signal } = new AbortController();
  const fetchWhile = (work: () => Promise<unknown>) => withFetched(parts, url, signal, work);
  await fetchWhile(async () => {
    await assert.rejects(
      fetchWhile(async () => {}),
      { code: 'OVERLOADED' },
    );
  });
  await assert.rejects(
    fetchWhile(() => Promise.reject(new Error('the work failed'))),
    /the work failed/,
  );
  const size = await withFetched(parts, url, signal, async (bytes) => bytes.length);
  assert.equal(size, 60_000);
});
