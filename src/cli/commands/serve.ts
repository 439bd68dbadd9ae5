import { Command } from 'commander';
import { pinoLogger } from '../../api/pino-logger.ts';
import { resolveServeSettings } from '../../api/serve-settings.ts';
import { openLibrary } from '../../engine/open-library.ts';
import { addLimitOptions, configOf, say } from '../global-options.ts';
import { collected, parsePath, parseWord } from '../parse-option.ts';
import { runServer } from '../run-server.ts';

interface ServeFlags {
  readonly host?: string;
  readonly port?: string;
  readonly allowFetch?: readonly string[];
  readonly allowIndex?: readonly string[];
  readonly cors?: readonly string[];
  readonly create?: boolean;
  readonly publicHost?: string;
  readonly basePath?: string;
  readonly maxUpload?: string;
  readonly thumbnailCache?: string;
  readonly requestTimeout?: string;
  readonly queue?: string;
  readonly rate?: string;
  readonly requireKey?: boolean;
  readonly watch?: boolean;
  readonly verbose?: boolean;
}

export function serveCommand(): Command {
  return addLimitOptions(new Command('serve'))
    .description('answer searches over HTTP')
    .option('--create', 'make the library when there is none yet, to be filled by uploads')
    .option('--host <address>', 'where to listen (default: 127.0.0.1; any other needs an API key)')
    .option('--port <n>', 'port; 0 takes a free one (default: 7433)')
    .option('--require-key', 'ask for an API key on 127.0.0.1 too')
    .option(
      '--allow-fetch <host>',
      'host from which pictures may be fetched by URL; may be repeated (default: none)',
      collected(parseWord),
    )
    .option(
      '--allow-index <folder>',
      'folder that may be indexed over HTTP; may be repeated (default: none)',
      collected(parsePath),
    )
    .option(
      '--cors <origin>',
      'origin of web pages that may use the API; may be repeated (default: none)',
      collected(parseWord),
    )
    .option(
      '--public-host <name>',
      'a host name to answer to besides localhost, without keys (default: none)',
    )
    .option(
      '--base-path <path>',
      'the path below which a proxy shows the server, as in /eidetic (default: none)',
    )
    .option('--max-upload <bytes>', 'largest request (default: 64 MiB)')
    .option('--thumbnail-cache <bytes>', 'most that thumbnails may take on disk (default: 4 GiB)')
    .option('--request-timeout <seconds>', 'how long a client may take to send a request (default: 60)')
    .option('--queue <n>', 'pictures that may wait for inference; more are refused with 503 (default: 64)')
    .option('--rate <n>', 'requests a minute and caller (default: 600)')
    .option('--watch', 'keep the library current with its folders meanwhile')
    .addHelpText(
      'after',
      `
Examples:
  eidetic serve
  eidetic keys add shop --scope read && eidetic serve --host 0.0.0.0
  curl --data-binary @photo.jpg -H 'Content-Type: image/jpeg' http://127.0.0.1:7433/v1/search

/docs explains every route. Without keys only this machine can ask, and it may do everything.
Behind a proxy use keys: whoever it lets in is at this machine, as far as the server sees. Requests that show that they
came through one are refused without keys; those of a proxy that adds no header cannot be told from your own.`,
    )
    .action(async (_: unknown, command: Command) => {
      const flags = command.optsWithGlobals<ServeFlags>();
      const { host, port, allowFetch, allowIndex, cors, queue, requireKey, publicHost, basePath } = flags;
      const settings = resolveServeSettings(
        {
          ...{ host, port, allowFetch, allowIndex, cors, queue, requireKey, publicHost, basePath },
          maxUploadBytes: flags.maxUpload,
          thumbnailCacheBytes: flags.thumbnailCache,
          requestSeconds: flags.requestTimeout,
          requestsPerMinute: flags.rate,
        },
        process.env,
      );
      const logger = pinoLogger(flags.verbose ? 'info' : 'warn');
      const library = await openLibrary(configOf(command), logger, {
        isServing: true,
        mayCreate: flags.create === true,
        say,
      });
      try {
        await runServer(library, settings, logger, flags.watch === true);
      } finally {
        await library.close();
      }
    });
}
