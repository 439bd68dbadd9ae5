import { createHash, randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ApplyParts } from '../../src/apply/apply-plan.ts';
import type { FileListing } from '../../src/apply/file-listing.ts';
import type { PlanAction, PlanHeader, PlannedAction, PlannedFile } from '../../src/curation/plan.ts';
import { readDeviceTable } from '../../src/indexer/device-table.ts';
import { lookOf } from '../../src/indexer/file-look.ts';
import { stampOf } from '../../src/indexer/file-stamp.ts';

/** A folder of files with a copy of each, all with modes and times of their own, and a library folder beside it. */
export interface DroppingPlan {
  readonly root: string;
  readonly library: string;
  readonly header: PlanHeader;
  /** Drops `copies/N.jpg` for `originals/N.jpg`. */
  readonly actions: PlannedAction[];
  /** Where the plan is written. */
  readonly path: string;
  readonly parts: ApplyParts;
  write(header?: Partial<PlanHeader>, actions?: readonly PlannedAction[]): void;
}

/**
 * Makes files, and a plan that drops every copy.
 * @param folder a real one
 * @param root where the files lie, `folder/pictures` by default
 */
export function makeDroppingPlan(
  folder: string,
  count: number,
  action: PlanAction = 'trash',
  root: string = join(folder, 'pictures'),
): DroppingPlan {
  const library = join(folder, 'library');
  const libraryId = 'a library';
  mkdirSync(library, { recursive: true });
  const actions: PlannedAction[] = [];
  for (let n = 1; n <= count; n++) {
    const keep = makeFile(join(root, 'originals', `${n % 3}`, `${n}.jpg`), n);
    const drop = makeFile(join(root, 'copies', `${n % 4}`, `same.${n % 2}`, `${n % 5}`, `${n}.jpg`), n);
    const to = action === 'move' ? join(folder, 'moved', `${n % 2}`, `${n}.jpg`) : null;
    actions.push({
      ...{ number: n, action, to, group: n, relation: 'identical' as const, drop, keep },
      ...{ reason: 'Keeps the original.', warnings: [], freesBytes: drop.sizeBytes, companionOf: null },
    });
  }
  const header: PlanHeader = {
    ...{ kind: 'eidetic-plan', schemaVersion: 1, planId: randomUUID(), libraryId },
    ...{ madeAt: new Date().toISOString(), roots: [root], protected: [], rules: [] },
    ...{ groups: count, actions: count, freesBytes: 0 },
  };
  const path = join(folder, 'plan.jsonl');
  const plan: DroppingPlan = {
    ...{ root, library, header, actions, path },
    parts: {
      ...{
        libraryId,
        library,
        roots: [root],
        listing: NO_LISTING,
        isToBeKept: () => false,
        protected: [],
        sidecars: new Map(),
      },
      ...{ devices: readDeviceTable(), environment: { HOME: join(folder, 'home') } },
    },
    write(changed = {}, lines = actions) {
      const all = [{ ...header, ...changed }, ...lines];
      writeFileSync(path, all.map((line) => `${JSON.stringify(line)}\n`).join(''));
    },
  };
  mkdirSync(join(folder, 'home'), { recursive: true });
  plan.write();
  return plan;
}

/** Of a library that lists nothing. */
export const NO_LISTING: FileListing = {
  has: async () => false,
  takeOut: async () => {},
  takeBack: async () => {},
};

/** A file as it is now. */
export function plannedFile(path: string): PlannedFile {
  const { sizeBytes, modifiedMs, inode, device } = stampOf(
    path,
    lookOf(statSync(path, { bigint: true })),
    readDeviceTable(),
  );
  const contentHash = createHash('sha256').update(readFileSync(path)).digest('hex');
  return { path, contentHash, imageDataHash: null, sizeBytes, modifiedMs, device, inode };
}

function makeFile(path: string, n: number): PlannedFile {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `the bytes of picture ${n}\n`.repeat(1 + (n % 7)));
  chmodSync(path, n % 3 === 0 ? 0o640 : 0o444);
  utimesSync(path, 1_000_000_000 + n, 1_600_000_000.123 + n);
  return plannedFile(path);
}
