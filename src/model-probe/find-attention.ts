import { readFile } from 'node:fs/promises';
import { exposeOutput } from './expose-output.ts';
import type { WorkingSize } from './find-sizes.ts';
import { noisePicture } from './noise-picture.ts';
import { openProbeSession, type ProbeOutput } from './probe-session.ts';
import type { GraphFacts } from './read-graph-facts.ts';

/** The last block's attention after softmax. */
export interface AttentionOutput {
  readonly name: string;
  readonly heads: number;
  /** Whether the file declares it as an output, or it has to be exposed first. */
  readonly isDeclared: boolean;
}

/** Files beyond this are not copied in memory to look for attention. */
const MOST_BYTES = 1024 ** 3;

/** Finds attention of shape [1, heads, tokens, tokens] among the outputs, else inside the graph. */
export async function findAttention(
  file: string,
  facts: GraphFacts,
  base: WorkingSize,
  tokens: number,
): Promise<AttentionOutput | null> {
  return declaredAttention(base.outputs, tokens) ?? (await innerAttention(file, facts, base, tokens));
}

/** Of several, the last. */
function declaredAttention(
  outputs: ReadonlyMap<string, ProbeOutput>,
  tokens: number,
): AttentionOutput | null {
  const found = [...outputs].filter(([, { dims }]) => isAttention(dims, tokens)).at(-1);
  return found === undefined ? null : { name: found[0], heads: found[1].dims[1] ?? 0, isDeclared: true };
}

/** The attention of the last block: what the last Softmax gives, if it has the shape. */
async function innerAttention(
  file: string,
  facts: GraphFacts,
  { height, width }: WorkingSize,
  tokens: number,
): Promise<AttentionOutput | null> {
  const name = facts.softmaxOutputs.at(-1);
  const bytes = await readFile(file);
  // Weights in files of their own are looked for beside a path, which a changed file in memory does not have.
  if (name === undefined || facts.dataFiles.length > 0 || bytes.length > MOST_BYTES) {
    return null;
  }
  const session = await openProbeSession(file, exposeOutput(bytes, name)).catch(() => null);
  const outputs = await session?.run([noisePicture(1, height, width)], height, width);
  await session?.release();
  const dims = outputs instanceof Map ? (outputs.get(name)?.dims ?? []) : [];
  return isAttention(dims, tokens) ? { name, heads: dims[1] ?? 0, isDeclared: false } : null;
}

function isAttention(dims: readonly number[], tokens: number): boolean {
  return dims.length === 4 && dims[0] === 1 && dims[2] === tokens && dims[3] === tokens;
}
