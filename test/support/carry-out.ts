// A process that carries out or takes back a plan and can be killed meanwhile: apply PLAN LIBRARY ROOT, or undo JOURNAL.
import { applyPlan } from '../../src/apply/apply-plan.ts';
import type { ApplyReport } from '../../src/apply/apply-report.ts';
import { undoPlan } from '../../src/apply/undo-plan.ts';
import { readDeviceTable } from '../../src/indexer/device-table.ts';
import { NO_LISTING } from './dropping-plan.ts';

const [verb, ...words] = process.argv.slice(2) as [string, string, string, string];
const { signal } = new AbortController();
if (verb === 'apply') {
  const [plan, library, root] = words;
  const parts = {
    ...{
      libraryId: 'a library',
      library,
      roots: [root],
      listing: NO_LISTING,
      isToBeKept: () => false,
      protected: [],
      sidecars: new Map(),
    },
    ...{ devices: readDeviceTable(), environment: process.env },
  };
  tell(await applyPlan(plan, parts, () => {}, signal));
} else {
  tell(await undoPlan(words[0], NO_LISTING, () => {}, signal));
}

function tell(report: ApplyReport): void {
  console.log(JSON.stringify({ ...report, peakBytes: process.resourceUsage().maxRSS * 1024 }));
}
