import type { PlanHeader } from '../../curation/plan.ts';
import type { PlanAnswer } from '../schemas/plan-schema.ts';

const HEADER: PlanHeader = {
  ...{ kind: 'eidetic-plan', schemaVersion: 1, planId: '6f1c2a54-8f0e-4c1a-9a55-0c6f5b3f9d10' },
  ...{ libraryId: '1d0b6a0e-52e5-4a55-8a5b-0d5bb6f0a9c1', madeAt: '2026-01-02T03:04:06.000Z' },
  ...{ roots: ['/photos'], protected: [], rules: ['the one that is not cropped'] },
  ...{ groups: 1, actions: 1, freesBytes: 3_412_877 },
};

/** A plan as the examples of the OpenAPI document show it. */
export const EXAMPLE_PLAN: PlanAnswer = {
  id: HEADER.planId,
  askedAt: '2026-01-02T03:04:05.000Z',
  state: 'made',
  overview: {
    ...{ madeAt: HEADER.madeAt, action: 'trash', moveTo: null, rules: [...HEADER.rules], protected: [] },
    ...{ groups: 1, files: 1, companions: 0, freesBytes: HEADER.freesBytes, ties: 0, warned: null },
    left: [{ why: 'away', files: 1, first: { path: '/photos/old/lake.jpg', companion: null } }],
    ...{ pairsLeft: 0, managed: [] },
    missing: {
      ...{ goneGroups: 0, gonePairs: 0, oneFileNames: 0, decidedGroups: 0, decidedPairs: 0 },
      unknownPixels: { unreachable: 0, unfinished: 0, incomparable: 0 },
      ...{ unknownCopies: 0, undescribedFiles: 0 },
    },
  },
  ...{ error: null, isBegun: false },
};

/** The beginning of its file. */
export const EXAMPLE_PLAN_LINES = `${JSON.stringify(HEADER)}\n`;
