import type { PathLooks } from '../duplicates/path-look.ts';
import { pathsInReport, type WeighedReport, weighReport } from '../duplicates/weigh-report.ts';
import type { GeneratedReport } from './duplicate-reports.ts';
import type { Library } from './library.ts';
import { lookAtPaths } from './look-at-paths.ts';

/** A report by what was there when somebody looked. */
export interface LookedReport {
  readonly report: WeighedReport;
  /** What was found at its paths. */
  readonly looks: PathLooks;
  /** ISO 8601. */
  readonly lookedAt: string;
}

/** Weighs reports, and keeps what it found for a while: who pages through one looks at its files once. */
export interface WeighedReports {
  of(generated: GeneratedReport): Promise<LookedReport>;
}

/** How long a look at the files holds. */
const FRESH_MS = 60_000;

export function weighedReports(library: Pick<Library, 'catalog' | 'uploads'>): WeighedReports {
  const kept = new WeakMap<GeneratedReport, Promise<LookedReport>>();

  async function look({ report }: GeneratedReport): Promise<LookedReport> {
    const looks = await lookAtPaths(library, pathsInReport(report));
    return { report: weighReport(report, looks), looks, lookedAt: new Date().toISOString() };
  }

  return {
    of(generated) {
      const known = kept.get(generated);
      if (known !== undefined) {
        return known;
      }
      const looking = look(generated);
      kept.set(generated, looking);
      const forget = () => kept.delete(generated);
      looking.then(() => setTimeout(forget, FRESH_MS).unref(), forget);
      return looking;
    },
  };
}
