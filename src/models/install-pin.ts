import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { EideticError } from '../domain/errors.ts';
import type { ModelDataFile } from '../domain/model.ts';
import { hashFile } from '../embedding/model-folder.ts';
import { lockFiles } from './model-locks.ts';
import { localName, type ModelPin, pinnedFiles } from './pin.ts';
import { pinnedManifest } from './pinned-manifest.ts';
import type { PullOptions } from './pull-options.ts';
import { writeAtomically } from './write-atomically.ts';

/** Writes model.json for files that are all there, after those whose SHA-256 nobody told have been looked at. */
export async function installPin(pin: ModelPin, folder: string, options: PullOptions): Promise<void> {
  const files: ModelDataFile[] = [];
  for (const file of pinnedFiles(pin)) {
    const path = join(folder, localName(file));
    const { size: sizeBytes } = await stat(path);
    files.push({ file: localName(file), sizeBytes, sha256: file.sha256 ?? (await hashFile(path)) });
  }
  if (pinnedFiles(pin).some(({ sha256 }) => sha256 === null)) {
    await trust(pin, folder, files, options);
  }
  const manifest = pinnedManifest(pin, files);
  await writeAtomically(join(folder, 'model.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Takes files as they are, provided that they behave as the model they are said to be, and locks them. */
async function trust(
  pin: ModelPin,
  folder: string,
  files: readonly ModelDataFile[],
  { probe, modelsFolder, say }: PullOptions,
): Promise<void> {
  const { patchSize, registers, dimensions } = pin;
  const file = join(folder, localName(pin.weights));
  const found = await probe(file, { patchSize, registers, output: null });
  if (found.dimensions !== dimensions || found.patchSize !== patchSize || found.registers !== registers) {
    throw new EideticError(
      'MODEL_UNAVAILABLE',
      `${file} has ${found.dimensions} dimensions, patches of ${found.patchSize} and ${found.registers} registers, expected ${dimensions}, ${patchSize} and ${registers}; delete it`,
    );
  }
  const locked = Object.fromEntries(
    pinnedFiles(pin).map(({ path }, i) => {
      const { sha256, sizeBytes } = files[i] as ModelDataFile;
      return [path, { sha256, sizeBytes }];
    }),
  );
  await lockFiles(pin, locked, modelsFolder);
  for (const { file: name, sha256, sizeBytes } of files) {
    say(`trusted on first use and locked: ${name}, ${sizeBytes} bytes, SHA-256 ${sha256}`);
  }
}
