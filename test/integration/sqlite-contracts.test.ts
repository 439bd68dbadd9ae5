import { decisionStoreContract } from '../contract/decision-store.contract.ts';
import { descriptorStoreContract } from '../contract/descriptor-store.contract.ts';
import { fileLedgerContract } from '../contract/file-ledger.contract.ts';
import { modelRegistryContract } from '../contract/model-registry.contract.ts';
import { pictureCatalogContract } from '../contract/picture-catalog.contract.ts';
import { relationStoreContract } from '../contract/relation-store.contract.ts';
import { spaceStoreContract } from '../contract/space-store.contract.ts';
import { openTestCatalog } from '../support/open-test-catalog.ts';

const open = () => openTestCatalog();

fileLedgerContract('SQLite', open);
pictureCatalogContract('SQLite', open);
descriptorStoreContract('SQLite', open);
modelRegistryContract('SQLite', open);
spaceStoreContract('SQLite', open);
relationStoreContract('SQLite', open);
decisionStoreContract('SQLite', open);
