import { readdirSync } from 'node:fs';
import type { Config } from '../config/config.ts';
import { type Check, checkOf } from '../doctor/check.ts';
import { examineCatalog } from '../storage/examine-catalog.ts';
import { BEGIN_ANEW } from '../storage/lost-catalog.ts';
import { findCatalog } from './library-folder.ts';

/** Folders that are named; a library has a few. */
const MOST_ROOTS = 10;

/**
 * Looks whether the catalog of a library is damaged, before anything opens it: reads all of it, and writes nothing.
 * @returns what was found and what to do; null when the library can be opened, or there is none to look at
 * @throws EideticError what findCatalog throws
 */
export function checkCatalogFile({ library }: Config): Check | null {
  const { file, isThere } = findCatalog(library);
  if (!isThere) {
    return null;
  }
  const { problems, roots, decisions } = examineCatalog(file);
  if (problems.length === 0) {
    return null;
  }
  const sentences = [
    `Found the catalog ${file} damaged, and changed nothing.`,
    ...problems,
    'Restore catalog.sqlite from a backup.',
    ...backupsIn(library).map((name) => `From before a migration there is ${name} beside it.`),
    BEGIN_ANEW,
    ...(roots.length > 0 ? [`The folders that it names: ${listOf(roots)}.`] : []),
    ...(decisions === null || decisions === 0 ? [] : [`Decisions in it: ${decisions}.`]),
  ];
  return checkOf('catalog', false, sentences.join(' '));
}

function listOf(roots: readonly string[]): string {
  const more = roots.length > MOST_ROOTS ? [`and ${roots.length - MOST_ROOTS} more`] : [];
  return [...roots.slice(0, MOST_ROOTS), ...more].join(', ');
}

function backupsIn(library: string): string[] {
  return readdirSync(library).filter((name) => name.endsWith('.backup.sqlite'));
}
