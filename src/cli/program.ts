import { Command } from 'commander';
import { doctorCommand } from './commands/doctor.ts';
import { duplicatesCommand } from './commands/duplicates.ts';
import { failuresCommand } from './commands/failures.ts';
import { indexCommand } from './commands/index.ts';
import { modelsCommand } from './commands/models.ts';
import { searchCommand } from './commands/search.ts';
import { startCommand } from './commands/start.ts';
import { statsCommand } from './commands/stats.ts';
import { addGlobalOptions } from './global-options.ts';
import { VERSION } from './version.ts';

/** The whole command line. */
export function buildProgram(): Command {
  const program = addGlobalOptions(new Command('eidetic'))
    .description('Find pictures that look like a given one, and copies among your own.')
    .version(VERSION)
    .showHelpAfterError('(add --help for what is understood)')
    .configureHelp({ sortSubcommands: false, showGlobalOptions: true })
    .exitOverride();
  const commands = [
    startCommand(),
    indexCommand(),
    searchCommand(),
    duplicatesCommand(),
    statsCommand(),
    failuresCommand(),
    doctorCommand(),
    modelsCommand(),
  ];
  for (const command of commands) {
    program.addCommand(command.copyInheritedSettings(program));
  }
  return program;
}
