import { dirname } from 'node:path';
import type { Database } from 'better-sqlite3';
import { EideticError } from '../domain/errors.ts';
import type { CatalogSurveys } from './catalog-surveys.ts';
import { CatalogThread } from './catalog-thread.ts';
import type { CatalogWrites } from './catalog-writes.ts';
import { closeDatabase } from './close-database.ts';
import { openDatabase } from './open-database.ts';
import { identityOfFile, requireSameFile } from './opened-file.ts';
import { translateSqliteError } from './sqlite-errors.ts';

/**
 * Three connections to a catalog: one on this thread for questions that an index answers in well under a millisecond,
 * and one in a thread each for writing, whose transactions wait for the disk, and for reading whole tables.
 */
export class SqliteConnections {
  readonly isReadOnly: boolean;
  readonly #file: string;
  readonly #identity: string;
  readonly #database: Database;
  readonly #writer: CatalogThread;
  readonly #surveyor: CatalogThread;
  /** Reading on this thread that takes several turns of the event loop. */
  readonly #reading = new Set<Promise<unknown>>();
  #closing: Promise<void> | null = null;

  /**
   * @param file a catalog of the current version
   * @throws EideticError what openDatabase throws
   */
  constructor(file: string, isReadOnly: boolean) {
    const identity = identityOfFile(file);
    this.#file = file;
    this.#identity = identity;
    this.#database = openDatabase(file, { isReadOnly, purpose: 'look' });
    this.isReadOnly = isReadOnly;
    const setup = { file, identity, isReadOnly };
    this.#writer = new CatalogThread({ ...setup, purpose: 'write' });
    this.#surveyor = new CatalogThread({ ...setup, purpose: 'survey' });
    try {
      requireSameFile(file, identity);
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  /** Asks what an index answers. @throws EideticError CATALOG_* */
  async read<T>(question: (database: Database) => T): Promise<T> {
    return this.readNow(question);
  }

  /** The same within a call that goes on: nothing can close the catalog in between. */
  readNow<T>(question: (database: Database) => T): T {
    this.#requireOpen();
    try {
      return question(this.#database);
    } catch (error) {
      throw translateSqliteError(error, this.#file);
    }
  }

  /** Asks what takes several turns of the event loop, and leaves nothing open in between. */
  async readInTurns<T>(question: (database: Database) => Promise<T>): Promise<T> {
    this.#requireOpen();
    const reading = question(this.#database);
    this.#reading.add(reading);
    try {
      return await reading;
    } catch (error) {
      throw translateSqliteError(error, this.#file);
    } finally {
      this.#reading.delete(reading);
    }
  }

  /** Asks what is answered by reading whole tables. @throws EideticError CATALOG_* */
  async survey<Name extends keyof CatalogSurveys>(
    name: Name,
    ...args: Parameters<CatalogSurveys[Name]>
  ): Promise<ReturnType<CatalogSurveys[Name]>> {
    this.#requireOpen();
    return (await this.#surveyor.call(name, args)) as ReturnType<CatalogSurveys[Name]>;
  }

  /**
   * Changes the catalog: one transaction a call. When the promise resolves, the change survives a power cut.
   * @throws EideticError READ_ONLY; NOT_FOUND when the file is not where it was opened; CATALOG_*, STORAGE_FULL
   */
  async write<Name extends keyof CatalogWrites>(
    name: Name,
    ...args: Parameters<CatalogWrites[Name]>
  ): Promise<ReturnType<CatalogWrites[Name]>> {
    this.#requireOpen();
    if (this.isReadOnly) {
      throw new EideticError(
        'READ_ONLY',
        `The library ${dirname(this.#file)} lies where nothing can be written, so it can only be read; copy it to where it can be written, and use that copy.`,
      );
    }
    return (await this.#writer.call(name, args)) as ReturnType<CatalogWrites[Name]>;
  }

  /** See Catalog.requireThere. */
  async requireThere(): Promise<void> {
    this.#requireOpen();
    requireSameFile(this.#file, this.#identity);
  }

  /** Finishes what was asked. Calls after it are refused with CATALOG_CLOSED. */
  close(): Promise<void> {
    this.#closing ??= this.#finish();
    return this.#closing;
  }

  /** The writer last: whoever closes the file last puts its log into it, which this thread should not wait for. */
  async #finish(): Promise<void> {
    await Promise.allSettled(this.#reading);
    await this.#surveyor.close(false);
    const isWriterLast = this.#writer.isStarted;
    closeDatabase(this.#database, { mayTidy: !isWriterLast });
    await this.#writer.close(true);
  }

  #requireOpen(): void {
    if (this.#closing !== null) {
      throw new EideticError(
        'CATALOG_CLOSED',
        `The library ${dirname(this.#file)} was closed, expected it open; open it again.`,
      );
    }
  }
}
