import type { Embedder } from '../domain/embedder.ts';
import type { FileLedger } from '../domain/file-ledger.ts';
import type { RootRules } from '../domain/roots.ts';
import type { DeviceTable } from './device-table.ts';
import type { IndexPlan } from './index-plan.ts';
import type { IndexRequest } from './index-request.ts';
import type { Scan } from './scan-folder.ts';

/** What planning asks. It changes nothing. */
export interface PlanParts {
  readonly files: Pick<
    FileLedger,
    'roots' | 'knownFiles' | 'knownInPages' | 'knownListed' | 'knownFile' | 'failures'
  >;
  readonly embedder: Pick<Embedder, 'models' | 'decoders'>;
  readonly devices: DeviceTable;
  /** Folder for what a plan does not keep in memory. */
  readonly spoolFolder: string;
}

/** Planning in progress. */
export interface PlanContext extends PlanParts {
  readonly request: IndexRequest;
  readonly plan: IndexPlan;
  readonly scan: Scan;
  readonly modelKeys: readonly string[];
  readonly rulesOf: (path: string) => RootRules;
  /** Of the roots that the library knows, and those of this run. */
  readonly rootPaths: readonly string[];
  /** The library's own folders. */
  readonly ownFolders: ReadonlySet<string>;
  /**
   * Names that are not UTF-8 and failed in an earlier run, unless this one has met them: how they look, by their bytes,
   * a byte a character.
   */
  readonly knownNames: Map<string, string>;
  readonly onFound: (files: number) => void;
  readonly signal: AbortSignal;
}
