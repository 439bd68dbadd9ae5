import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { Router } from 'express';

/** Where the build puts the page, beside the program. */
const BUILT = fileURLToPath(new URL('../../../page/', import.meta.url));

/** Everything comes from this server, and nothing is run but the files of the page. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The names of these files change with what is in them. */
const FOREVER = 'public, max-age=31536000, immutable';

/** Its name stays the same; browsers ask for it with each place of the page. */
const A_DAY = 'public, max-age=86400';

/**
 * The page that people look at. Its links are relative to where it lies.
 * @param basePath what comes before every path, such as `/eidetic`, or nothing
 * @param folder of the built page; where there is none, the API's explorer stands in
 */
export function pageRoutes(basePath: string, folder = BUILT): Router {
  const router = Router();
  const page = join(folder, 'index.html');
  router.get('/', (request, response) => {
    if (basePath !== '' && request.originalUrl.split('?')[0] === basePath) {
      response.redirect(`${basePath}/`); // relative links need the slash
      return;
    }
    if (!existsSync(page)) {
      response.redirect(basePath === '' ? 'docs' : `${basePath}/docs`);
      return;
    }
    response.set({ 'Content-Security-Policy': POLICY, 'Cache-Control': 'no-cache' }).sendFile(page);
  });
  router.use(
    '/assets',
    express.static(join(folder, 'assets'), {
      index: false,
      setHeaders: (response) => response.setHeader('Cache-Control', FOREVER),
    }),
  );
  router.get('/icon.svg', (_request, response) =>
    response.set('Cache-Control', A_DAY).sendFile(join(folder, 'icon.svg')),
  );
  return router;
}
