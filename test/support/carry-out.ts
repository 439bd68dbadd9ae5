// A process that carries out or takes back a plan and can be killed meanwhile: apply PLAN LIBRARY ROOT, or undo JOURNAL.
import { applyPlan } from '../../src/apply/apply-plan.ts';
import { undoPlan } from '../../src/apply/undo-plan.ts';
import { readDeviceTable } from '../../src/indexer/device-table.ts';

const [verb, ...words] = process.argv.slice(2) as [string, string, string, string];
const { signal } = new AbortController();
if (verb === 'apply') {
  const [plan, library, root] = words;
  const parts = {
    ...{
      libraryId: 'a library',
      library,
      roots: [root],
      isListed: async () => false,
      protected: [],
      sidecars: new Map(),
    },
    ...{ devices: readDeviceTable(), environment: process.env },
  };
  console.log(JSON.stringify(await applyPlan(plan, parts, () => {}, signal)));
} else {
  console.log(JSON.stringify(await undoPlan(words[0], () => {}, signal)));
}
