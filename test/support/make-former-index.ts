import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatManifest, type IndexManifest, parseManifest } from '../../src/vector-index/index-manifest.ts';

/** Turns the saved index in a folder into what the release before saved: the same files, and a manifest of format 1. */
export function makeFormerIndex(folder: string, generation: number): void {
  const path = join(folder, 'manifest.json');
  const { graph, parts, modelKey, spaceId, dimensions, metric, m, efConstruction, count, points } =
    parseManifest(readFileSync(path, 'utf8')) as IndexManifest;
  const rename = (name: string, former: string) => {
    renameSync(join(folder, name), join(folder, former));
    return former;
  };
  const base = `index-${generation}-0123abcd`;
  const manifest = {
    format: 1,
    modelKey,
    space: spaceId,
    dimensions,
    metric,
    m,
    efConstruction,
    generation,
    count,
    points,
    graph: { ...graph, name: rename(graph.name, `${base}.hnsw`) },
    pictures: { ...parts, name: rename(parts.name, `${base}.pictures`) },
  } as const;
  writeFileSync(path, formatManifest(manifest));
}
