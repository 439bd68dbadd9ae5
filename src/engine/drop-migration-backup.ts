import type { Library } from './library.ts';

/**
 * Removes the backup that a migration has made, if there is one: the migrated catalog has proved itself when a run that
 * looked at all of the library's files has finished, and nothing was away.
 */
export async function dropMigrationBackup({
  catalog,
  logger,
}: Pick<Library, 'catalog' | 'logger'>): Promise<void> {
  const backup = await catalog.removeBackup();
  if (backup !== null) {
    logger.info('removed the backup that the migration had made', { file: backup });
  }
}
