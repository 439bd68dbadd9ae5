import { join } from 'node:path';
import { Router } from 'express';
import absolutePath from 'swagger-ui-dist/absolute-path.js'; // its main file loads the whole explorer

/** Everything comes from this server; the explorer sets styles by script, which the policy must let it. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Its links are relative to `…/docs`: so they are right below any path that a proxy puts before it. */
const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Eidetic API</title>
<link rel="icon" type="image/png" href="docs/favicon-32x32.png">
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<div id="explorer"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/explorer.js"></script>
</body>
</html>
`;

/** No validator: the default one is a foreign host. */
const SETTINGS = { url: 'openapi.json', dom_id: '#explorer', validatorUrl: null, deepLinking: true };
const SCRIPT = `SwaggerUIBundle(${JSON.stringify(SETTINGS)});\n`;

const FILES = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

/** The OpenAPI document and an explorer of it, served from here. */
export function docsRoutes(document: Readonly<Record<string, unknown>>): Router {
  const router = Router();
  router.get('/openapi.json', (_request, response) => {
    response.json(document);
  });
  router.get('/docs', (request, response) => {
    if (request.path.endsWith('/')) {
      response.redirect('../docs');
      return;
    }
    response.set('Content-Security-Policy', POLICY).type('html').send(PAGE);
  });
  router.get('/docs/explorer.js', (_request, response) => {
    response.type('js').send(SCRIPT);
  });
  for (const file of FILES) {
    router.get(`/docs/${file}`, (_request, response) => response.sendFile(join(absolutePath(), file)));
  }
  return router;
}
