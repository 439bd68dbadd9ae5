import { type KnownPage, knownFileAt } from '../domain/known-page.ts';
import type { RootId } from '../domain/roots.ts';
import { unpackPage } from './known-columns.ts';
import { knownPage, type WantedPage } from './known-files.ts';
import type { SqliteConnections } from './sqlite-connections.ts';

/** Smaller roots are read on this thread: another takes longer to start. */
const FIRST_PAGE = 1_000;

/** Some 15 milliseconds of the other thread's. */
const PAGE = 8_000;

/** Pages that are read before they are asked for: some ten megabytes. */
const AHEAD = 8;

/** See FileLedger.knownInPages. */
export async function* knownPages(
  connections: SqliteConnections,
  rootId: RootId,
  modelKeys: readonly string[],
): AsyncGenerator<KnownPage> {
  const wanted: WantedPage = { rootId, modelKeys, after: null, allDescribed: null, limit: FIRST_PAGE };
  const first = await connections.read((database) => knownPage(database, wanted));
  const isAll = first.names.length < FIRST_PAGE;
  const rest = isAll ? null : new PagesAhead(connections, { ...wanted, limit: PAGE }, first);
  yield first;
  for (let page = await rest?.next(); page; page = await rest?.next()) {
    yield page;
  }
}

/** The pages behind one, each read as soon as the one before it is there. */
class PagesAhead {
  readonly #connections: SqliteConnections;
  readonly #wanted: WantedPage;
  readonly #allDescribed: Promise<number | null>;
  readonly #ahead: Array<Promise<KnownPage | null>> = [];
  /** The last of them, or the one that they begin behind. */
  #newest: Promise<KnownPage | null>;

  constructor(connections: SqliteConnections, wanted: WantedPage, first: KnownPage) {
    this.#connections = connections;
    this.#wanted = wanted;
    this.#allDescribed = connections.survey('allDescribedAt', wanted.modelKeys);
    this.#newest = Promise.resolve(first);
    this.#readOn();
  }

  /** Null when there are no more. */
  next(): Promise<KnownPage | null> {
    const page = this.#ahead.shift() as Promise<KnownPage | null>;
    this.#readOn();
    return page;
  }

  #readOn(): void {
    while (this.#ahead.length < AHEAD) {
      this.#newest = this.#newest.then((last) => (last === null ? null : this.#read(last)));
      this.#newest.catch(() => {}); // met by who takes it, if anybody does
      this.#ahead.push(this.#newest);
    }
  }

  /** An empty page is the last. */
  async #read(behind: KnownPage): Promise<KnownPage | null> {
    const after = knownFileAt(behind, behind.names.length - 1).path;
    const allDescribed = await this.#allDescribed;
    const columns = await this.#connections.survey('knownColumns', { ...this.#wanted, after, allDescribed });
    const page = unpackPage(columns);
    return page.names.length === 0 ? null : page;
  }
}
