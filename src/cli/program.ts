import { Command, type OutputConfiguration } from 'commander';
import { EideticError } from '../domain/errors.ts';
import { addGlobalOptions } from './global-options.ts';
import { refuseEmptyWords } from './refuse-empty-words.ts';
import { showText } from './show-text.ts';
import { VERSION } from './version.ts';

/** Every command, loaded when it is needed: each brings its own libraries, and together they take a second. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./commands/start.ts')).startCommand(),
  index: async () => (await import('./commands/index.ts')).indexCommand(),
  reindex: async () => (await import('./commands/reindex.ts')).reindexCommand(),
  search: async () => (await import('./commands/search.ts')).searchCommand(),
  compare: async () => (await import('./commands/compare.ts')).compareCommand(),
  explain: async () => (await import('./commands/explain.ts')).explainCommand(),
  duplicates: async () => (await import('./commands/duplicates.ts')).duplicatesCommand(),
  plan: async () => (await import('./commands/plan.ts')).planCommand(),
  decide: async () => (await import('./commands/decide.ts')).decideCommand(),
  decisions: async () => (await import('./commands/decisions.ts')).decisionsCommand(),
  check: async () => (await import('./commands/check.ts')).checkCommand(),
  verify: async () => (await import('./commands/verify.ts')).verifyCommand(),
  apply: async () => (await import('./commands/apply.ts')).applyCommand(),
  undo: async () => (await import('./commands/undo.ts')).undoCommand(),
  calibrate: async () => (await import('./commands/calibrate.ts')).calibrateCommand(),
  serve: async () => (await import('./commands/serve.ts')).serveCommand(),
  watch: async () => (await import('./commands/watch.ts')).watchCommand(),
  keys: async () => (await import('./commands/keys.ts')).keysCommand(),
  stats: async () => (await import('./commands/stats.ts')).statsCommand(),
  failures: async () => (await import('./commands/failures.ts')).failuresCommand(),
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand(),
  eval: async () => (await import('./commands/eval.ts')).evalCommand(),
  models: async () => (await import('./commands/models.ts')).modelsCommand(),
};

/**
 * The command line, with those commands that its words may mean, or with all of them.
 * @param words what follows the program's name
 * @param output where help, version and complaints about words go
 */
export async function buildProgram(words: readonly string[], output: OutputConfiguration): Promise<Command> {
  const complain = output.writeErr ?? ((text: string) => process.stderr.write(text));
  const program = addGlobalOptions(new Command('eidetic'))
    .description('Find pictures that look like a given one, and copies among your own.')
    .version(VERSION)
    .showHelpAfterError('(add --help for what is understood)')
    .configureHelp({ sortSubcommands: false, showGlobalOptions: true })
    .configureOutput({
      ...output,
      writeErr: (text) => complain(text.split('\n').map(showText).join('\n')),
    })
    .exitOverride();
  const named = Object.keys(COMMANDS).filter((name) => words.includes(name));
  const isVersionAlone = words.length === 1 && ['--version', '-V'].includes(words[0] ?? '');
  const isHelp = words.includes('help') || (named.length === 0 && !isVersionAlone);
  for (const [name, load] of Object.entries(COMMANDS)) {
    if (isHelp || named.includes(name)) {
      addCommand(program, await load());
    }
  }
  refuseEmptyWords(program);
  return program;
}

/** What a command does that has others below it, when none of them is named. */
const DEFAULT_SUBCOMMAND = 'list';

function addCommand(program: Command, command: Command): void {
  program.addCommand(command.copyInheritedSettings(program));
  for (const subcommand of command.commands) {
    subcommand.copyInheritedSettings(program);
    if (subcommand.name() === DEFAULT_SUBCOMMAND) {
      subcommand.allowExcessArguments().hook('preAction', refuseWords);
    }
  }
}

/** A mistyped command reaches the default one as a word that it has no use for. */
function refuseWords({ args, parent }: Command): void {
  const [word] = args;
  if (word !== undefined) {
    const names = parent?.commands.map((command) => command.name()).join(', ');
    throw new EideticError(
      'INVALID_INPUT',
      `Found ${JSON.stringify(word)} after "eidetic ${parent?.name()}", expected one of ${names}.`,
    );
  }
}
