import { readFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync('models/bundled/model.json', 'utf8')) as {
  readonly id: string;
  readonly dimensions: number;
};

/** The bundled model may be replaced by another of the same contract: tests take what it is called from its manifest. */
export const BUNDLED_ID = manifest.id;
export const BUNDLED_DIMENSIONS = manifest.dimensions;
