import { Command } from 'commander';
import type { Check } from '../../doctor/check.ts';
import { EideticError } from '../../domain/errors.ts';
import { checkCatalogFile } from '../../engine/check-catalog-file.ts';
import { checkLibraryHealth } from '../../engine/check-library-health.ts';
import { EXIT_SOME_FAILED } from '../exit-codes.ts';
import { configOf, withLibrary } from '../global-options.ts';
import { printJson, printLines } from '../print.ts';
import { runTakeUploadsBack } from '../run-index.ts';

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('check the library: catalog, embeddings, counts, uploads, index file and its recall')
    .option(
      '--repair',
      'build again what is only a cache, take in uploads that no picture lists, and remove pictures without files',
    )
    .option('--json', 'print the checks as JSON')
    .addHelpText('after', '\nExit code 0 when all is sound or repaired, 1 when something is not.')
    .action(async (flags: { repair?: boolean; json?: boolean }, command: Command) => {
      const checks = await checkAll(command, flags.repair === true);
      const isSound = checks.every((check) => check.isSound || check.isRepaired);
      process.exitCode = isSound ? 0 : EXIT_SOME_FAILED;
      if (flags.json) {
        await printJson({ isSound, checks });
      } else {
        await printLines([...checks.map(describe), adviceOn(checks, isSound)]);
      }
    });
}

/** A damaged catalog is what the doctor is asked about, and no reason to fail. */
async function checkAll(command: Command, shouldRepair: boolean): Promise<Check[]> {
  const damaged = checkCatalogFile(configOf(command));
  if (damaged !== null) {
    return [damaged];
  }
  try {
    return await withLibrary(command, async (library) => {
      if (shouldRepair) {
        await runTakeUploadsBack(library);
      }
      return checkLibraryHealth(library, shouldRepair);
    });
  } catch (error) {
    if (error instanceof EideticError && error.code === 'CATALOG_DAMAGED') {
      return [{ name: 'catalog', isSound: false, finding: error.message, isRepaired: false, isNote: false }];
    }
    throw error;
  }
}

function adviceOn(checks: readonly Check[], isSound: boolean): string {
  if (isSound) {
    return 'The library is sound.';
  }
  const wrong = checks.filter(({ isSound, isRepaired }) => !isSound && !isRepaired);
  if (wrong.some(({ name }) => name === 'catalog')) {
    return 'The catalog cannot be repaired; what to do stands above.';
  }
  return wrong.every(({ name }) => CACHE.test(name))
    ? 'Run "eidetic doctor --repair" to mend what is a cache.'
    : 'What is wrong and no cache cannot be repaired; what to do stands above.';
}

/** Names of checks of what is built again from the catalog; where there are several spaces each has its own. */
const CACHE = /^(index file|recall)( of "[^"]+")?$/;

function describe({ name, finding, isSound, isRepaired, isNote }: Check): string {
  const ok = isNote ? 'note' : 'ok';
  const state = isSound ? ok : isRepaired ? 'repaired' : 'WRONG';
  return `${state.padEnd(9)} ${name}: ${finding}`;
}
