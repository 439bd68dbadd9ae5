import type { Catalog } from '../domain/catalog.ts';
import type { Space } from '../domain/space.ts';
import { type Check, checkOf } from './check.ts';

/**
 * Adds up files, pictures and descriptors: every picture needs one of each space's model, and a file.
 * @param shouldRepair whether to remove pictures without files; the caller then holds the lock `maintenance`
 */
export async function checkCounts(
  { files, pictures }: Pick<Catalog, 'files' | 'pictures'>,
  spaces: readonly Space[],
  shouldRepair: boolean,
): Promise<Check> {
  const modelKeys = [...new Set(spaces.map(({ modelKey }) => modelKey))];
  const counts = await pictures.counts();
  const described = modelKeys.map((key) => counts.described[key] ?? 0);
  const hasOrphans = described.some((count) => count > counts.pictures);
  const removed = shouldRepair ? await files.pruneOrphans() : [];
  const lacks = await describeLacks(files, modelKeys);
  const findings = [
    `${counts.files} files hold ${counts.pictures} pictures; ${described.join(' and ')} pictures are embedded; ${counts.failures} files failed.`,
    ...lacks,
    removed.length > 0 ? `Removed ${removed.length} pictures without files.` : null,
    hasOrphans && !shouldRepair ? ORPHANS : null,
  ];
  return checkOf('counts', lacks.length === 0, findings.filter((finding) => finding !== null).join(' '));
}

const ORPHANS =
  'Pictures without files are left from a run that was stopped or could not read every new file; the next run that can, or --repair, removes them.';

async function describeLacks(files: Catalog['files'], modelKeys: readonly string[]): Promise<string[]> {
  const lacks: string[] = [];
  for (const key of modelKeys) {
    const count = await files.countWithout(key);
    if (count > 0) {
      lacks.push(
        `Files not embedded by the model ${key.slice(0, 12)}: ${count}; run "eidetic index" to do so.`,
      );
    }
  }
  return lacks;
}
