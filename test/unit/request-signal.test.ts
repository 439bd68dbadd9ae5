import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { until } from '../../src/domain/until.ts';

it('hears that work has failed for which nobody waits any more, which would end the server', async (t) => {
  const unheard: unknown[] = [];
  const hear = (reason: unknown) => unheard.push(reason);
  process.prependListener('unhandledRejection', hear);
  t.after(() => process.removeListener('unhandledRejection', hear));
  const gone = AbortSignal.abort(new Error('the client has gone'));
  await assert.rejects(until(Promise.reject(new Error('work')), gone), /the client has gone/);
  await setImmediate();
  assert.deepEqual(unheard, []);
});
