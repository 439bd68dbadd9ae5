import type { FileListing } from '../apply/file-listing.ts';
import type { DeviceTable } from '../indexer/device-table.ts';
import { lookOf } from '../indexer/file-look.ts';
import { stampOf } from '../indexer/file-stamp.ts';
import { stillAbsent } from '../indexer/still-absent.ts';
import type { Library } from './library.ts';

/** The files of a library but for its uploads. Changed only by who holds the scope `run` of its lock. */
export function libraryListing(
  { catalog: { files }, uploads }: Pick<Library, 'catalog' | 'uploads'>,
  devices: DeviceTable,
): FileListing {
  return {
    has: async (path) => (await files.knownFile(path, [])) !== null && !uploads.owns(path),
    async takeOut(paths) {
      await files.commit({ files: [], failures: [], removed: await stillAbsent(paths) });
    },
    async takeBack(returned) {
      const known = [];
      for (const { path, stats, contentHash } of returned) {
        if ((await files.findByHash(contentHash, [])) !== null) {
          known.push({ stamp: stampOf(path, lookOf(stats), devices), contentHash, described: null });
        }
      }
      await files.commit({ files: known, failures: [], removed: [] });
    },
  };
}
