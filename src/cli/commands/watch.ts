import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { EideticError } from '../../domain/errors.ts';
import type { Engine } from '../../engine/engine.ts';
import { outermostFolders } from '../../indexer/outermost-folders.ts';
import { addLimitOptions, withEngine } from '../global-options.ts';
import { abortOnInterrupt } from '../interrupt.ts';
import { stderrLogger } from '../stderr-logger.ts';
import { watchLibrary } from '../watch-library.ts';

interface WatchFlags {
  readonly exclude: string[];
  readonly hidden?: boolean;
  readonly followSymlinks?: boolean;
  readonly verbose?: boolean;
}

export function watchCommand(): Command {
  return addLimitOptions(new Command('watch'))
    .description('index folders, then keep the library current with them until stopped')
    .argument('[folders...]', 'folders; none: the folders indexed before')
    .option(
      '--exclude <glob...>',
      'pass over what matches: a name (*.xmp) or a path below the folder (trash/**)',
      [],
    )
    .option('--hidden', 'also what begins with a dot')
    .option('--follow-symlinks', 'follow symbolic links (each folder and file once)')
    .addHelpText(
      'after',
      `
A file is read when nothing has happened to it for two seconds. A folder that goes away (a drive taken out) keeps its
pictures in the library and is waited for. Give the same --exclude, --hidden and --follow-symlinks as to "index".
On a network drive only what this machine changes is noticed; run "eidetic index" by the clock for the rest.`,
    )
    .action(async (folders: string[], _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<WatchFlags>();
      requireThere(folders);
      await withEngine(command, (engine) => watchUntilStopped(engine, folders, flags), { mayCreate: true });
    });
}

async function watchUntilStopped(
  engine: Engine,
  folders: readonly string[],
  flags: WatchFlags,
): Promise<void> {
  const roots = await outermostFolders(folders.length > 0 ? folders : await engine.catalog.roots());
  if (roots.length === 0) {
    throw new EideticError(
      'INVALID_INPUT',
      'This library has no folders yet: name one, as in "eidetic watch FOLDER".',
    );
  }
  const scan = {
    exclude: flags.exclude,
    includeHidden: flags.hidden === true,
    followSymlinks: flags.followSymlinks === true,
  };
  const interrupt = abortOnInterrupt(() => say('Stopping: finishing the pictures in progress…'));
  say(`Watching ${roots.join(', ')}; Ctrl-C ends it.`);
  try {
    await watchLibrary(engine, roots, scan, stderrLogger(flags.verbose === true), interrupt.signal);
  } finally {
    interrupt.dispose();
  }
}

function requireThere(folders: readonly string[]): void {
  for (const folder of folders) {
    if (!existsSync(folder)) {
      throw new EideticError('NOT_FOUND', `There is no folder ${folder} to watch; name one that is there.`);
    }
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
