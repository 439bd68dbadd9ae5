import { join } from 'node:path';
import { Command, Option } from 'commander';
import { SCOPES, type Scope } from '../../api/keys/caller.ts';
import { type ApiKey, type KeyStore, openKeyStore } from '../../api/keys/key-store.ts';
import { requireLibrary } from '../../engine/require-library.ts';
import { configOf, say } from '../global-options.ts';
import { printJson, printLines } from '../print.ts';

export function keysCommand(): Command {
  const keys = new Command('keys').description('the keys that a server of this library accepts');
  keys
    .command('add')
    .description('make a key and print its secret, this once')
    .argument('<name>', 'whose it is, as in "upload service"')
    .addOption(
      new Option('--scope <scope>', 'what it may do; each includes the ones before it')
        .choices(SCOPES)
        .default('read'),
    )
    .option('--json', 'print {key, secret} as JSON')
    .addHelpText(
      'after',
      `
Examples:
  eidetic keys add "web shop" --scope read
  curl -H "Authorization: Bearer $KEY" http://127.0.0.1:7433/v1/pictures

Only a hash of the secret is kept: one that is lost cannot be shown again, revoke it and make another.
A server that was started with keys accepts another within two seconds; one that was started without any asks for none
until it is started again.`,
    )
    .action(async (name: string, flags: { scope: Scope; json?: boolean }, command: Command) => {
      const store = storeOf(command);
      const isFirst = (await store.list()).every(({ revokedAt }) => revokedAt !== null);
      const added = await store.add(name, flags.scope);
      if (isFirst) {
        say(
          'A server that was started while there was no key goes on without: start it again for it to ask for keys.',
        );
      }
      if (flags.json) {
        await printJson(added);
        return;
      }
      say(`Made ${describe(added.key)}`);
      say('Its secret, shown only now:');
      await printLines([added.secret]);
    });
  keys
    .command('list', { isDefault: true })
    .description('every key, without its secret')
    .option('--json', 'print them as JSON')
    .action(async (flags: { json?: boolean }, command: Command) => {
      const listed = await storeOf(command).list();
      if (flags.json) {
        await printJson(listed);
      } else {
        await printLines(listed.length === 0 ? ['There are no keys yet.'] : listed.map(describe));
      }
    });
  keys
    .command('revoke')
    .description('end a key for good; a running server refuses it within two seconds')
    .argument('<id>', 'as "eidetic keys list" shows it')
    .option('--json', 'print the key as JSON')
    .action(async (id: string, flags: { json?: boolean }, command: Command) => {
      const key = await storeOf(command).revoke(id);
      if (flags.json) {
        await printJson(key);
      } else {
        await printLines([`Revoked ${describe(key)}`]);
      }
    });
  return keys;
}

function storeOf(command: Command): KeyStore {
  const config = configOf(command);
  requireLibrary(config);
  return openKeyStore(join(config.library, 'keys'));
}

function describe({ id, name, scope, createdAt, revokedAt }: ApiKey): string {
  const state = revokedAt === null ? '' : `, revoked ${revokedAt}`;
  return `${id}  ${scope.padEnd(5)}  ${name}  (made ${createdAt}${state})`;
}
