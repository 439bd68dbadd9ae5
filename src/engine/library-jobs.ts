import { join } from 'node:path';
import { EideticError } from '../domain/errors.ts';
import type { JobStore } from '../domain/job.ts';
import { openJobStore } from '../storage/job-store.ts';
import type { Library } from './library.ts';

/**
 * The index jobs of a library. To be closed by who opens it.
 * @throws EideticError CATALOG_*
 */
export function openLibraryJobs({ catalog, config }: Library): JobStore {
  return catalog.isReadOnly ? noJobs(config.library) : openJobStore(join(config.library, 'jobs.sqlite'));
}

/** Where nothing can be written there are no jobs, and none can be made. */
function noJobs(library: string): JobStore {
  const refuse = async () => {
    throw new EideticError(
      'READ_ONLY',
      `The library ${library} lies where nothing can be written, so it cannot be indexed there.`,
    );
  };
  return {
    add: refuse,
    change: refuse,
    get: async () => null,
    list: async () => [],
    unfinished: async () => [],
    close: async () => {},
  };
}
