import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

type Violation = Awaited<ReturnType<AxeBuilder['analyze']>>['violations'][number];

/**
 * What axe finds wrong with a page that has no frames. Said so, axe looks at it once instead of once a frame and once
 * more in an empty page, and describes what it finds wrong alone: a quarter of the time for the same findings.
 */
export async function findFaults(page: Page): Promise<Violation[]> {
  assert.equal(page.frames().length, 1, 'a page with frames must be looked at with them');
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
    .analyze();
  return violations;
}

/** Fails when axe finds a serious or critical fault. @param what is looked at, for the message */
export async function assertAccessible(page: Page, what: string): Promise<void> {
  const serious = (await findFaults(page)).filter(
    ({ impact }) => impact === 'serious' || impact === 'critical',
  );
  assert.deepEqual(
    serious.map(({ id, nodes }) => `${what}: ${id} ${nodes[0]?.html}`),
    [],
  );
}
