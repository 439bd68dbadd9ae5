import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { EideticError } from '../../domain/errors.ts';
import { PLAIN_RUN } from '../../engine/index-library.ts';
import type { Library } from '../../engine/library.ts';
import { addLimitOptions, configOf, say, withLibrary } from '../global-options.ts';
import { abortOnInterrupt } from '../interrupt.ts';
import { mayCreate } from '../may-create.ts';
import { addRuleOptions, explainExclude, type RuleFlags, rulesOf } from '../rule-options.ts';
import { runIndex } from '../run-index.ts';
import { stderrLogger } from '../stderr-logger.ts';
import { watchLibrary } from '../watch-library.ts';

interface WatchFlags extends RuleFlags {
  readonly verbose?: boolean;
}

export function watchCommand(): Command {
  return addLimitOptions(addRuleOptions(new Command('watch')))
    .description('index folders, then keep the library current with them until stopped')
    .argument('[folders...]', 'folders; none: the folders indexed before')
    .addHelpText(
      'after',
      `
A file is read when nothing has happened to it for two seconds. A folder that goes away (a drive taken out) keeps its
pictures in the library and is waited for. A folder keeps the rules it was indexed with until others are given.
On a network drive only what this machine changes is noticed; run "eidetic index" by the clock for the rest.`,
    )
    .action(async (folders: string[], _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<WatchFlags>();
      await explainExclude(flags, async () => {
        requireThere(folders);
        await withLibrary(command, (library) => watchUntilStopped(library, folders, flags), {
          mayCreate: await mayCreate(configOf(command), folders),
        });
      });
    });
}

async function watchUntilStopped(
  library: Library,
  folders: readonly string[],
  flags: WatchFlags,
): Promise<void> {
  if (folders.length > 0) {
    // With progress, and with its refusals (rules by which pictures would leave) before anything is watched.
    const rules = rulesOf(flags);
    await runIndex(library, {
      ...PLAIN_RUN,
      roots: folders,
      rules,
      acceptRules: flags.acceptRules === true,
    });
  }
  const interrupt = abortOnInterrupt(() =>
    say('Stopping: finishing the pictures in progress… Ctrl-C again ends at once.'),
  );
  try {
    const logger = stderrLogger(flags.verbose === true);
    await watchLibrary(library, folders, logger, interrupt.signal, (roots) =>
      say(`Watching ${roots.join(', ')}; Ctrl-C ends it.`),
    );
  } finally {
    interrupt.dispose();
  }
}

function requireThere(folders: readonly string[]): void {
  for (const folder of folders) {
    if (!existsSync(folder)) {
      throw new EideticError('NOT_FOUND', `There is no folder ${folder} to watch; name one that is there.`, {
        details: { root: folder },
      });
    }
  }
}
