import { Command } from 'commander';
import type { Check } from '../../doctor/check.ts';
import { checkLibraryHealth } from '../../engine/check-library-health.ts';
import { EXIT_SOME_FAILED } from '../exit-codes.ts';
import { withLibrary } from '../global-options.ts';
import { printJson, printLines } from '../print.ts';

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('check the library: catalog, embeddings, counts, index file and its recall')
    .option('--repair', 'build again what is only a cache, and remove pictures without files')
    .option('--json', 'print the checks as JSON')
    .addHelpText('after', '\nExit code 0 when all is sound or repaired, 1 when something is not.')
    .action(async (flags: { repair?: boolean; json?: boolean }, command: Command) => {
      await withLibrary(command, async (library) => {
        const checks = await checkLibraryHealth(library, flags.repair === true);
        const isSound = checks.every((check) => check.isSound || check.isRepaired);
        process.exitCode = isSound ? 0 : EXIT_SOME_FAILED;
        if (flags.json) {
          printJson({ isSound, checks });
        } else {
          const advice = isSound
            ? 'The library is sound.'
            : 'Run "eidetic doctor --repair" to mend what is a cache.';
          printLines([...checks.map(describe), advice]);
        }
      });
    });
}

function describe({ name, finding, isSound, isRepaired }: Check): string {
  const state = isSound ? 'ok' : isRepaired ? 'repaired' : 'WRONG';
  return `${state.padEnd(9)} ${name}: ${finding}`;
}
