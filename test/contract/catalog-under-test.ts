import type { Catalog } from '../../src/domain/catalog.ts';
import type { FileLedger } from '../../src/domain/file-ledger.ts';

/** What the suites about pictures and vectors need of a catalog: something that fills it beside what they test. */
export interface PicturesUnderTest extends Pick<Catalog, 'models' | 'pictures' | 'descriptors' | 'close'> {
  readonly files: Pick<FileLedger, 'commit' | 'putRoot' | 'pruneOrphans'>;
}

/** What the suite about files needs: pictures and vectors are where their effects show. */
export type FilesUnderTest = Pick<Catalog, 'files' | 'models' | 'pictures' | 'descriptors' | 'close'>;
