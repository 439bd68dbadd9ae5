import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { EideticError } from '../domain/errors.ts';
import type { InstalledModel, ModelDataFile, ModelManifest } from '../domain/model.ts';
import type { ProbedModel, ProbeHints, ProbeModel } from '../domain/probed-model.ts';
import { type RecipeChoice, withChosenRecipe } from '../embedding/input-recipe.ts';
import { hashFile, openModelFolder } from '../embedding/model-folder.ts';
import { copyModel } from './copy-model.ts';

/** How a person's own model is to be taken in. */
export interface AddOptions extends ProbeHints, RecipeChoice {
  readonly modelsFolder: string;
  /** Null: after the file, or its folder. */
  readonly id: string | null;
  readonly license: string | null;
  /** Ids that other models have. */
  readonly taken: readonly string[];
  readonly probe: ProbeModel;
}

/** A model that was taken in, and what it was found to be. */
export interface AddedModel {
  readonly model: InstalledModel;
  readonly probed: ProbedModel;
}

/**
 * Copies a person's own model into the models folder, after a look at what it is. A model.json beside the ONNX file
 * says the rest, and must not say otherwise than what is found.
 * @param source an ONNX file, or a folder with one
 * @throws EideticError MODEL_UNAVAILABLE when the model is not understood; INVALID_INPUT when its id is taken, or it
 *   takes no pictures of the size that was asked for
 */
export async function addModel(source: string, options: AddOptions): Promise<AddedModel> {
  const onnx = await findOnnx(resolve(source));
  const described = await stat(join(dirname(onnx), 'model.json')).then(
    () => openModelFolder(dirname(onnx)),
    () => null,
  );
  const id = options.id ?? described?.manifest.id ?? nameAfter(onnx);
  requireFreeId(id, options.taken);
  const probed = await options.probe(onnx, hintsFor(described, options));
  const manifest = withOptions(
    described === null ? await manifestOf(id, onnx, probed) : agreeing(described.manifest, probed),
    id,
    options,
  );
  const folder = join(options.modelsFolder, id);
  await copyModel(dirname(onnx), folder, manifest);
  return { model: await openModelFolder(folder), probed };
}

async function findOnnx(source: string): Promise<string> {
  const entry = await stat(source).catch((cause: unknown) => {
    throw new EideticError('NOT_FOUND', `There is no ${source}; name an ONNX file or a folder with one.`, {
      cause,
    });
  });
  if (entry.isFile()) {
    return source;
  }
  if (!entry.isDirectory()) {
    throw new EideticError(
      'INVALID_INPUT',
      `${source} is no file, expected an ONNX file or a folder with one.`,
    );
  }
  const found = (await readdir(source)).filter((name) => name.endsWith('.onnx')).sort();
  const [only] = found;
  if (only === undefined || found.length > 1) {
    throw new EideticError(
      'MODEL_UNAVAILABLE',
      `Found ${found.length === 0 ? 'no ONNX file' : found.join(', ')} in ${source}, expected one; name the file itself.`,
    );
  }
  return join(source, only);
}

/** `dino/onnx/model.onnx` and `dino/model.onnx` are called `dino`, `sscd.onnx` is called `sscd`. */
function nameAfter(onnx: string): string {
  const parts = [basename(onnx, '.onnx'), basename(dirname(onnx)), basename(dirname(dirname(onnx)))];
  const telling = parts.find((part) => !['model', 'onnx', ''].includes(part)) ?? 'model';
  return telling.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '') || 'model';
}

function requireFreeId(id: string, taken: readonly string[]): void {
  if (!/^[a-z0-9][a-z0-9._-]*$/i.test(id)) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found the id "${id}", expected letters, digits, dots, dashes and underscores.`,
    );
  }
  if (taken.includes(id)) {
    throw new EideticError(
      'INVALID_INPUT',
      `A model "${id}" is known already; name another id with --id, or remove that one first.`,
    );
  }
}

function hintsFor(described: InstalledModel | null, options: AddOptions): ProbeHints {
  return {
    patchSize: options.patchSize ?? described?.manifest.patchSize ?? null,
    registers: options.registers ?? described?.manifest.registers ?? null,
    output: options.output ?? described?.manifest.outputs.tokens ?? null,
  };
}

async function manifestOf(id: string, onnx: string, probed: ProbedModel): Promise<ModelManifest> {
  const { dataFiles, elapsedMs: _, evidence: __, ...facts } = probed;
  const data: ModelDataFile[] = [];
  for (const file of dataFiles) {
    data.push(await describeFile(dirname(onnx), file));
  }
  return {
    id,
    title: id,
    ...(await describeFile(dirname(onnx), basename(onnx))),
    ...(data.length === 0 ? {} : { data }),
    license: 'unknown',
    source: onnx,
    ...facts,
  };
}

async function describeFile(folder: string, file: string): Promise<ModelDataFile> {
  if (basename(file) !== file) {
    throw new EideticError(
      'MODEL_UNAVAILABLE',
      `Found weights in "${file}", expected them beside the ONNX file.`,
    );
  }
  const path = join(folder, file);
  const { size: sizeBytes } = await stat(path).catch((cause: unknown) => {
    throw new EideticError('MODEL_UNAVAILABLE', `The ONNX file refers to ${path}, which is not there.`, {
      cause,
    });
  });
  return { file, sizeBytes, sha256: await hashFile(path) };
}

/** @throws EideticError MODEL_UNAVAILABLE when a model.json says otherwise than the file behaves */
function agreeing(manifest: ModelManifest, probed: ProbedModel): ModelManifest {
  const differing = (['patchSize', 'registers', 'dimensions'] as const).filter(
    (name) => manifest[name] !== probed[name],
  );
  if (differing.length > 0 || manifest.input.name !== probed.input.name) {
    const found = differing.map((name) => `${name} ${probed[name]} where it says ${manifest[name]}`);
    throw new EideticError(
      'MODEL_UNAVAILABLE',
      `The model.json of ${manifest.id} does not fit its ONNX file: found ${[...found, `input "${probed.input.name}"`].join(', ')}. Correct it, or name the ONNX file from another folder.`,
    );
  }
  if (manifest.batchSafe && !probed.batchSafe) {
    return { ...manifest, batchSafe: false };
  }
  return manifest;
}

function withOptions(manifest: ModelManifest, id: string, options: AddOptions): ModelManifest {
  const license = options.license ?? manifest.license;
  return withChosenRecipe({ ...manifest, id, license }, options);
}
