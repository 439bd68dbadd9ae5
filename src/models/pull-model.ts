import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EideticError } from '../domain/errors.ts';
import { makeFolders } from '../domain/make-folders.ts';
import type { InstalledModel } from '../domain/model.ts';
import { openModelFolder } from '../embedding/model-folder.ts';
import { installPin } from './install-pin.ts';
import { withLocks } from './model-locks.ts';
import { obtainFile } from './obtain-file.ts';
import { allFiles, localName, type ModelPin, pinnedFiles } from './pin.ts';
import { hubUrl } from './pin-sources.ts';
import { placeByHand } from './place-by-hand.ts';
import type { PullOptions } from './pull-options.ts';

/** A pinned model that is installed now. */
export interface PulledModel {
  readonly model: InstalledModel;
  /** Names of the files that came over the network; the others lay there already. */
  readonly downloaded: readonly string[];
}

/**
 * Installs a published model: takes files that lie in its folder already, downloads the others, checks all of them,
 * and writes model.json last, so that what is not whole and right is never a model.
 * @throws EideticError MODEL_UNAVAILABLE saying why, and how to place the files by hand
 */
export async function pullModel(published: ModelPin, options: PullOptions): Promise<PulledModel> {
  const pin = await withLocks(published, options.modelsFolder);
  const folder = join(options.modelsFolder, pin.id);
  const ready = await openModelFolder(folder).catch(() => null);
  if (ready !== null && isOfPin(ready, pin)) {
    return { model: ready, downloaded: [] };
  }
  try {
    makeFolders(folder);
    await requireLicense(pin, folder, options);
    requireTrust(pin, options);
    const downloaded: string[] = [];
    for (const file of allFiles(pin)) {
      if (await obtainFile(pin, file, folder, options)) {
        downloaded.push(localName(file));
      }
    }
    await installPin(pin, folder, options);
    return { model: await openModelFolder(folder), downloaded };
  } catch (error) {
    options.signal.throwIfAborted();
    const isOurs = error instanceof EideticError && error.code === 'MODEL_UNAVAILABLE';
    const isDisk = (error as NodeJS.ErrnoException).path !== undefined;
    if (!isOurs && !isDisk) {
      throw error;
    }
    throw new EideticError(
      'MODEL_UNAVAILABLE',
      `${pin.id} is not installed: ${(error as Error).message.replace(/\.$/, '')}.\n${placeByHand(pin, folder, options.environment)}`,
      { cause: error },
    );
  }
}

function isOfPin({ manifest }: InstalledModel, pin: ModelPin): boolean {
  const installed = [manifest, ...(manifest.data ?? [])];
  return pinnedFiles(pin).every((file, i) => (file.sha256 ?? '') === installed[i]?.sha256);
}

/** Shows the license's text when it can be had. */
async function requireLicense(pin: ModelPin, folder: string, options: PullOptions): Promise<void> {
  const { licenseText } = pin;
  if (licenseText === null || options.acceptsLicense) {
    return;
  }
  const url = hubUrl(pin, licenseText, options.environment).href;
  const text = await obtainFile(pin, licenseText, folder, options).then(
    () => readFile(join(folder, localName(licenseText)), 'utf8'),
    () => null,
  );
  if (text !== null) {
    options.say(text);
  }
  throw new EideticError(
    'MODEL_UNAVAILABLE',
    `${pin.title} is under the ${pin.license}, which sets conditions; read it ${text === null ? `at ${url}` : 'above'} and repeat with --accept-license if you agree`,
  );
}

function requireTrust(pin: ModelPin, { trustsOnFirstUse }: PullOptions): void {
  const unknown = pinnedFiles(pin).filter(({ sha256 }) => sha256 === null);
  if (unknown.length > 0 && !trustsOnFirstUse) {
    throw new EideticError(
      'MODEL_UNAVAILABLE',
      `nobody has told the SHA-256 of ${unknown.map(({ path }) => path).join(', ')}, so a wrong file could not be told from the right one; --trust-on-first-use takes what comes, prints its SHA-256 and locks it for later pulls`,
    );
  }
}
