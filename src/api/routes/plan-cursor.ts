import { EideticError } from '../../domain/errors.ts';
import type { PlanState } from '../../engine/library-plans.ts';

/** A place in the list of plans, the latest first. Opaque to clients. */
export function toPlanCursor({ askedAt, planId }: Pick<PlanState, 'askedAt' | 'planId'>): string {
  return Buffer.from(`${askedAt} ${planId}`).toString('base64url');
}

/**
 * The plans that come behind a place, also when the one that it was made of is gone.
 * @param plans the latest first, of one moment by their ids
 * @throws EideticError INVALID_INPUT when the cursor is none of ours
 */
export function plansBehind(plans: readonly PlanState[], cursor: string | undefined): readonly PlanState[] {
  if (cursor === undefined) {
    return plans;
  }
  const text = Buffer.from(cursor, 'base64url').toString();
  const [, askedAt = '', planId = ''] = /^(\d{4}-[\d-]+T[\d:.]+Z) ([\da-f-]{36})$/.exec(text) ?? [];
  if (askedAt === '') {
    throw new EideticError('INVALID_INPUT', 'The cursor is not one of this server; start again without it.');
  }
  return plans.filter((plan) => plan.askedAt < askedAt || (plan.askedAt === askedAt && plan.planId > planId));
}
