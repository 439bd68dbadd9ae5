import type { KnownModel } from '../model-shelf/shelved-models.ts';
import { formatBytes } from './print.ts';

/** A model in a few lines: what it is, how good its authors found it, and whether it is here. */
export function describeModel(model: KnownModel): string[] {
  const { id, title, dimensions, patchSize, inputSize, license, quality } = model;
  const facts = [
    dimensions === null ? null : `${dimensions} dimensions`,
    patchSize === null ? null : `patch ${patchSize}`,
    inputSize === null ? null : `pictures of ${inputSize.width} x ${inputSize.height}`,
    describeSize(model),
    license,
    quality === null ? null : `ImageNet k-NN ${quality.knnTop1.toFixed(1)} % (${quality.source})`,
  ];
  return [
    `${id}: ${title}`,
    `    ${facts.filter((fact) => fact !== null).join(', ')}`,
    `    ${describeState(model)}`,
  ];
}

function describeSize({ sizeBytes, megabytes }: KnownModel): string {
  if (sizeBytes !== null) {
    return formatBytes(sizeBytes);
  }
  return megabytes === null ? 'size not known' : `about ${megabytes} MB`;
}

function describeState({ id, installed, problem, folder, sha256, origin }: KnownModel): string {
  if (installed) {
    return `installed in ${folder}, verified, SHA-256 ${sha256}`;
  }
  if (problem !== null) {
    return `not usable: ${problem}`;
  }
  const check = sha256 === null ? 'SHA-256 not known: needs --trust-on-first-use' : `SHA-256 ${sha256}`;
  return origin === 'published' ? `not installed: "eidetic models pull ${id}" (${check})` : 'not installed';
}
